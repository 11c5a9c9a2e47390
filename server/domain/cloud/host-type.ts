/** Canonical id of the type of a Docker cloud's hosts. */
export const HOST_TYPE = 'docker-host';
