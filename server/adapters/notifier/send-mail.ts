import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import type { MailMessage } from '../../domain/adjunct/notification.ts';
import type { Refusal } from '../../ports/notifier.ts';
import { findAddress } from '../sources/find-address.ts';
import { refuse } from './post-json.ts';

/** Gives a mail to an SMTP server. */
export async function sendMail({ id, server, from, to, subject, text }: MailMessage, deadlineMs: number): Promise<Refusal> {
  try {
    const found = await findAddress(server.host);
    if ('why' in found) return refuse(found.why, found.isNone);
    const transport = createTransport({
      host: found.address,
      port: server.port,
      secure: server.security === 'tls',
      requireTLS: server.security === 'starttls',
      ignoreTLS: server.security === 'none',
      ...(isIP(server.host) === 0 ? { tls: { servername: server.host } } : {}),
      connectionTimeout: deadlineMs,
      greetingTimeout: deadlineMs,
      socketTimeout: deadlineMs,
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(server.user === null ? {} : { auth: { user: server.user, pass: server.password ?? '' } }),
    });
    try {
      await withDeadline(transport.sendMail({ from, to: [...to], subject, text, messageId: `<${id}@clocker>` }), deadlineMs);
      return null;
    } finally {
      transport.close();
    }
  } catch (error) {
    return toRefusal(error, deadlineMs);
  }
}

const LATE = Symbol('late');

async function withDeadline(work: Promise<unknown>, deadlineMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(LATE), deadlineMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function toRefusal(error: unknown, deadlineMs: number): Refusal {
  if (error === LATE) return refuse(`no answer came within ${deadlineMs / 1000} s`, true);
  const { code, responseCode } = Object(error) as { readonly code?: unknown; readonly responseCode?: unknown };
  if (code === 'EAUTH') return refuse('it refuses the login: check user and password', false);
  if (code === 'ETLS') return refuse('it offers no TLS that can be trusted', false);
  if (typeof responseCode === 'number') return refuse(`it answers ${responseCode}`, responseCode < 500);
  return refuse(`it cannot be reached (${typeof code === 'string' ? code : 'the connection failed'})`, true);
}
