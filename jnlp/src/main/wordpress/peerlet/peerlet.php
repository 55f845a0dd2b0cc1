<?php
/**
 * Plugin Name: Peerlet
 * Description: [peerlet clip="https://site.example/clip/clip.jnlp"] shows the launch button of a published clip.
 * Version: 0.1.0
 * Requires at least: 6.3
 * Requires PHP: 7.4
 * License: Apache-2.0
 */

if (!defined('ABSPATH')) {
    exit; // asked for by itself, outside of WordPress
}

/**
 * The button as HTML; nothing without the address of a launch file.
 *
 * "peerlet publish" puts a clip's files into a folder of its own, so the launch file's address says
 * where the video and the poster are. It does not say whether the video ends in .mp4, as most do:
 * attributes may name others, by a name in that folder or by an address.
 *
 * @param array|string $given clip, video, poster, packages, label; WordPress gives '' for none
 */
function peerlet_shortcode($given): string
{
    $given = (array) $given;
    $clip = (string) ($given['clip'] ?? '');
    $folder = preg_replace('~[^/]*$~', '', strtok($clip, '?#') ?: '');
    $is = shortcode_atts(
        [
            'clip' => '',
            'video' => $folder . basename($folder) . '.mp4',
            'poster' => $folder . 'poster.jpg',
            'packages' => '',
            'label' => __('Play', 'peerlet'),
        ],
        $given,
        'peerlet'
    );
    foreach (['video', 'poster'] as $key) {
        if (preg_match('~^[^/:?#]+$~', (string) $is[$key])) {
            $is[$key] = $folder . $is[$key];
        }
    }
    // Whatever is no address of the web comes back empty.
    $urls = [];
    foreach (['href' => 'clip', 'video' => 'video', 'poster' => 'poster', 'packages' => 'packages'] as $name => $key) {
        $urls[$name] = esc_url((string) $is[$key], ['http', 'https']);
    }
    if ($urls['href'] === '') {
        return '';
    }
    wp_enqueue_script(
        'peerlet-launch',
        plugins_url('peerlet-launch.js', __FILE__),
        [],
        '0.1.0',
        ['strategy' => 'defer']
    );
    $attributes = '';
    foreach (array_filter($urls, 'strlen') as $name => $url) {
        $attributes .= ' ' . $name . '="' . esc_attr($url) . '"';
    }
    return '<peerlet-launch' . $attributes . '><a href="' . esc_attr($urls['href']) . '">'
        . esc_html((string) $is['label']) . '</a></peerlet-launch>';
}

add_shortcode('peerlet', 'peerlet_shortcode');
