/** Names of clouds, hosts and credentials: 1 to 63 of a-z, 0-9 and -, the first a letter or digit. */
export const RECORD_NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;
