/** Fixed scripts for a host's held shell, in POSIX sh; values come in the environment. */

/** TCP sockets in the network of the process CK_PID, as /proc/net/tcp prints them. */
export const LISTENERS_SCRIPT = `(
cat "/proc/$CK_PID/net/tcp" "/proc/$CK_PID/net/tcp6" 2>/dev/null
:
)`;

/** Asks http://127.0.0.1:CK_PORT/CK_PATH with what the host has. Output: a status code, or nothing. */
export const HTTP_PROBE_SCRIPT = `(
url="http://127.0.0.1:$CK_PORT$CK_PATH"
if command -v curl >/dev/null 2>&1; then
  curl -s -o /dev/null -m 2 -w '%{http_code}' -- "$url"
elif command -v bash >/dev/null 2>&1; then
  timeout 2 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$CK_PORT" && printf "GET %s HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n" "$CK_PATH" >&3 && IFS=" " read -r _ code _ <&3 && echo "$code"' 2>/dev/null
else
  wget -q -T 2 -O /dev/null -- "$url" && echo 200
fi
:
)`;

const LISTEN = '0A';

/** Does one of the sockets of /proc/net/tcp listen on the port? Lines: `sl local_address:PORT rem_address:PORT st …`, in hexadecimal. */
export function listensOn(procNetTcp: string, port: number): boolean {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return procNetTcp.split('\n').some((line) => {
    const [, local, , state] = line.trim().split(/\s+/);
    return state === LISTEN && local?.split(':').at(-1) === wanted;
  });
}
