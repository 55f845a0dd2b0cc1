#!/usr/bin/env bash
# Makes the media of the tests from ffmpeg's own sources: no foreign footage, no licence to carry.
#
# Every clip shows its media time twice: as text, for people, and as a strip of squares, for tests.
# The strip (see BurntInTime.java) has 22 cells of 28 px on a black band:
#
#   W B W B | 12 cells: tenths of a second in Gray code, highest bit first | parity, not parity | B W B W
#
# It lies at two thirds of the height, where neither a bar of controls nor a status overlay covers it.
# Run by hand when a clip must change; the results are committed. Same ffmpeg, same bytes.
set -euo pipefail
cd "$(dirname "$0")"
out=src/main/resources/media
font=/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf
command -v ffmpeg >/dev/null || { echo "make-media: needs the Debian package ffmpeg" >&2; exit 1; }
[ -f "$font" ] || { echo "make-media: needs the Debian package fonts-dejavu-core" >&2; exit 1; }
mkdir -p "$out"

cell=28 left=12 top=242
tenths='floor(t*10+0.01)'

box() { # index, enable expression
  printf ",drawbox=x=%d:y=%d:w=%d:h=%d:color=white:t=fill:enable='%s'" \
    $((left + $1 * cell)) $top $cell $cell "$2"
}

burn() {
  printf "drawtext=fontfile=%s:fontsize=76:fontcolor=white:borderw=3:bordercolor=black@0.7:x=(w-text_w)/2:y=128:text='%s'" "$font" \
    '%{eif\:floor((t+0.001)/60)\:d\:2}\:%{eif\:mod(floor(t+0.001),60)\:d\:2}.%{eif\:mod(floor(t*100+0.1),100)\:d\:2}'
  printf ",drawbox=x=0:y=%d:w=640:h=%d:color=black:t=fill" $((top - 8)) $((cell + 16))
  for index in 0 2 19 21; do box $index 1; done
  # Bit b of the Gray code of n is floor((n + 2^b) / 2^(b+1)) mod 2.
  for bit in 11 10 9 8 7 6 5 4 3 2 1 0; do
    box $((15 - bit)) "mod(floor(($tenths+$((1 << bit)))/$((2 << bit))),2)"
  done
  # The parity of a Gray code is the lowest bit of its number.
  box 16 "mod($tenths,2)"
  box 17 "1-mod($tenths,2)"
}

# picture SECONDS: a gradient that turns slowly, since it compresses well and shows every stutter.
picture() {
  printf 'gradients=s=640x360:r=25:d=%s:n=4:c0=0x10243e:c1=0x1f6f8b:c2=0xe8a87c:c3=0x41295a:x0=0:y0=0:x1=640:y1=360:seed=7:speed=0.012,format=yuv420p,%s' "$1" "$(burn)"
}

sound() {
  printf "aevalsrc=exprs='0.12*sin(2*PI*220*t)*(0.6+0.4*sin(PI*t))+0.2*sin(2*PI*880*t)*lt(mod(t,1),0.06)|0.12*sin(2*PI*277*t)*(0.6+0.4*cos(PI*t))+0.2*sin(2*PI*880*t)*lt(mod(t,1),0.06)':s=44100:d=%s" "$1"
}

# make FILE SECONDS OPTION…
make() {
  local file=$1 seconds=$2
  shift 2
  ffmpeg -nostdin -v error -y -threads 1 -filter_threads 1 \
    -f lavfi -i "$(picture "$seconds")" -f lavfi -i "$(sound "$seconds")" \
    -map_metadata -1 -metadata title="Peerlet test clip" -fflags +bitexact -flags:v +bitexact -flags:a +bitexact \
    -threads 1 "$@" "$out/$file"
}

h264=(-c:v libx264 -profile:v main -preset veryslow -pix_fmt yuv420p -b:v 180k -g 50 -keyint_min 50 -sc_threshold 0)
aac=(-c:a aac -b:a 64k)
first=(-movflags +faststart)
small=(-s 320x180 -crf 34)

make clip-60s.mp4 60 "${h264[@]}" "${aac[@]}" "${first[@]}"
make clip-10s.mp4 10 "${h264[@]}" "${aac[@]}" "${first[@]}"
ffmpeg -nostdin -v error -y -i $out/clip-10s.mp4 -c copy -fflags +bitexact $out/clip-10s-index-last.mp4
ffmpeg -nostdin -v error -y -i $out/clip-10s.mp4 -an -c copy -fflags +bitexact "${first[@]}" $out/clip-10s-silent.mp4

# What JavaFX cannot play, or not well.
plain=(-c:v libx264 -profile:v main -pix_fmt yuv420p -g 25)
make fragmented.mp4 2 "${plain[@]}" "${small[@]}" "${aac[@]}" -movflags +frag_keyframe+empty_moov+default_base_moof
make opus-audio.mp4 1 "${plain[@]}" "${small[@]}" -c:a libopus -b:a 32k -ar 48000 "${first[@]}"
make mp3-audio.mp4 1 "${plain[@]}" "${small[@]}" -c:a libmp3lame -b:a 48k "${first[@]}"
make h264-10bit.mp4 1 -c:v libx264 -profile:v high10 -pix_fmt yuv420p10le "${small[@]}" "${aac[@]}" "${first[@]}"
make av1.mp4 1 -c:v libaom-av1 -cpu-used 8 -row-mt 0 -b:v 0 -s 320x180 -crf 50 "${aac[@]}" "${first[@]}"
make clip.mkv 1 "${plain[@]}" "${small[@]}" "${aac[@]}"
make clip.webm 1 -c:v libvpx-vp9 -b:v 0 -s 320x180 -crf 50 -c:a libopus -b:a 32k -ar 48000

ls -l $out
