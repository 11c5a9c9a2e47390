import type { DiagnosticMeanings } from './diagnostic-meaning.ts';

/** Findings about types that are understood and what of them is acted on. */
export const TYPE_CODES = {
  'blueprint-fragment': {
    severity: 'error',
    meaning: 'The text is a part of a blueprint by itself: services, config, policies.',
    remedy: 'Put it where the hint shows.',
  },
  'host-access': {
    severity: 'error',
    meaning: 'Gives the container rights over its host: privileged, name spaces, folders or sockets of the host, capabilities, devices.',
    remedy: 'Remove it; or let somebody who may administer the cloud deploy it with host access allowed.',
  },
  'host-access-allowed': {
    severity: 'warning',
    meaning: 'The same, where host access is allowed for this deploy: whoever is in the container has the host.',
    remedy: 'Nothing to do if it is meant.',
  },
  'key-not-honoured': {
    severity: 'warning',
    meaning: 'A config key of Brooklyn’s or Clocker’s that is never obeyed here; the message says why.',
    remedy: 'Nothing to do; remove it to be rid of the warning.',
  },
  'key-planned': {
    severity: 'warning',
    meaning: 'A config key that is understood and checked, but nothing acts on it yet. Such a blueprint is refused when deploying.',
    remedy: 'Remove the key to deploy, or keep the blueprint for a later version.',
    refusesDeploy: true,
  },
  'type-substituted': {
    severity: 'info',
    meaning: 'An item of the catalog is called like a class of Brooklyn’s or Clocker’s, and takes the place of the type that ships for it.',
    remedy: 'Nothing to do if it is meant. `java:NAME` is the type that ships.',
  },
  'type-planned': {
    severity: 'warning',
    meaning: 'A type that is understood and checked, but nothing makes it yet. Such a blueprint is refused when deploying.',
    remedy: 'Use another type, such as `docker:IMAGE`, or keep the blueprint for a later version.',
    refusesDeploy: true,
  },
  'type-unverified': {
    severity: 'warning',
    meaning: 'A type that drives software of others which it was never tried with, and which the hosts have to have.',
    remedy: 'Use the type that the hint names, or try it where it may fail.',
  },
} as const satisfies DiagnosticMeanings;
