/** Asks again and again, as that many users would, until it is ended. */
export function beginLoad(uri: string, userCount = 2): { end(): Promise<{ readonly sent: number; readonly failed: readonly string[] }> } {
  let isOver = false;
  let sent = 0;
  const failed: string[] = [];
  const ask = async () => {
    while (!isOver) {
      sent += 1;
      const answer = await fetch(uri, { headers: { connection: 'close' } }).then(
        ({ status }) => (status === 200 ? null : String(status)),
        (error) => String(error),
      );
      if (answer !== null) failed.push(answer);
    }
  };
  const users = Array.from({ length: userCount }, ask);
  return {
    async end() {
      isOver = true;
      await Promise.all(users);
      return { sent, failed };
    },
  };
}
