import type { Notifier } from '../../ports/notifier.ts';
import { postJson } from './post-json.ts';
import { sendMail } from './send-mail.ts';

/** What is told has so long to be taken. Milliseconds. */
const DEADLINE_MS = 15_000;

export function createNotifier(): Notifier {
  return {
    post: (request) => postJson(request, DEADLINE_MS),
    mail: (message) => sendMail(message, DEADLINE_MS),
  };
}
