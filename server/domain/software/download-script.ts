import type { SoftwarePlace } from './process-spec.ts';
import { quoted } from './shell-text.ts';

/** Fetches an archive or file into the install folder and unpacks it, without its outer folder where it has just one. */
export function downloadScript({ expandedDir }: SoftwarePlace, url: string): string {
  return `u=${quoted(url)}; t=${quoted(expandedDir)}
f=$(printf %s "\${u%%[?#]*}" | sed 's|.*/||'); [ -n "$f" ] || f=download
if command -v curl >/dev/null 2>&1; then curl -fsSL --retry 3 --connect-timeout 20 -o "$f.part" "$u"
elif command -v wget >/dev/null 2>&1; then wget -q -O "$f.part" "$u"
else echo "Neither curl nor wget is there to fetch $u with: install one before, in pre.install.command" >&2; false
fi || { echo "$u cannot be fetched" >&2; exit 1; }
mv "$f.part" "$f"
rm -rf "$t.part" && mkdir -p "$t.part" || exit 1
case "$f" in
  *.tar.gz|*.tgz) tar -xzf "$f" -C "$t.part" ;;
  *.tar.bz2|*.tbz2) tar -xjf "$f" -C "$t.part" ;;
  *.tar.xz) tar -xJf "$f" -C "$t.part" ;;
  *.tar) tar -xf "$f" -C "$t.part" ;;
  *.zip) unzip -q "$f" -d "$t.part" ;;
  *) cp "$f" "$t.part/" ;;
esac || { echo "$f cannot be unpacked" >&2; exit 1; }
only=$(ls -A "$t.part")
if [ "$(printf '%s\\n' "$only" | wc -l)" -eq 1 ] && [ -d "$t.part/$only" ]; then
  mv "$t.part/$only" "$t.only" && rmdir "$t.part" && mv "$t.only" "$t.part" || exit 1
fi
rm -rf "$t" && mv "$t.part" "$t"`;
}
