/** Names of config, variables and fields under which people keep secrets, and some that only speak of them. */
export const SECRET_WORDS = /password|passwd|passphrase|secret|token/i;
