<?php
// As much of WordPress as the plugin uses, with the same contracts. Reads a JSON list of shortcode
// attributes from standard input; prints what the shortcode makes of each, and the scripts it asks for.
declare(strict_types=1);

const ABSPATH = __DIR__;
$shortcodes = [];
$scripts = [];

function add_shortcode(string $tag, callable $callback): void
{
    global $shortcodes;
    $shortcodes[$tag] = $callback;
}

function shortcode_atts(array $defaults, array $given, string $tag): array
{
    return array_merge($defaults, array_intersect_key($given, $defaults));
}

function wp_enqueue_script(string $handle, string $url, array $needs, string $version, array $how): void
{
    global $scripts;
    $scripts[$handle] = $url;
}

function plugins_url(string $file, string $plugin): string
{
    return 'https://blog.example/wp-content/plugins/' . basename(dirname($plugin)) . '/' . $file;
}

function __(string $text, string $domain): string
{
    return $text;
}

function esc_html(string $text): string
{
    // Entities that are there are left alone, as WordPress does.
    return htmlspecialchars($text, ENT_QUOTES, 'UTF-8', false);
}

function esc_attr(string $text): string
{
    return htmlspecialchars($text, ENT_QUOTES, 'UTF-8', false);
}

function esc_url(string $url, array $schemes): string
{
    $url = preg_replace('~[^a-z0-9\-\~+_.?#=!&;,/:%@$|*\'()\[\]\x80-\xff]~i', '', str_replace(' ', '%20', ltrim($url)));
    $hasScheme = preg_match('~^([^/?#:]*):~', $url, $found) === 1;
    if ($hasScheme && !in_array(strtolower($found[1]), $schemes, true)) {
        return '';
    }
    return str_replace(["&#038;amp;", "'"], ['&#038;', '&#039;'], preg_replace('~&(?!#038;|amp;)~', '&#038;', $url));
}

require $argv[1];

$made = [];
foreach (json_decode(stream_get_contents(STDIN), true, 8, JSON_THROW_ON_ERROR) as $attributes) {
    $made[] = $shortcodes['peerlet']($attributes ?: '');
}
echo json_encode(['html' => $made, 'scripts' => $scripts], JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE), "\n";
