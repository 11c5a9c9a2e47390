import type { Host, HostPlace } from '@/server/domain/entity/host.ts';
import { labelTexts } from './host-rows.ts';
import { parseLabels } from './parse-labels.ts';

export interface HostForm {
  readonly name: string;
  readonly address: string;
  readonly port: string;
  readonly user: string;
  readonly labels: string;
  readonly region: string;
  readonly zone: string;
  readonly country: string;
  readonly coordinates: string;
}

type EditedHost = Pick<Host, 'name' | 'address' | 'port' | 'user' | 'labels' | 'place'>;

export type ReadHostForm =
  | {
      readonly ok: true;
      readonly value: Pick<Host, 'name' | 'address' | 'port' | 'user'> & {
        readonly labels: Record<string, string>;
        readonly place: HostPlace;
      };
    }
  | { readonly ok: false; readonly errors: { readonly [K in keyof HostForm]?: string } };

export function toHostForm({ name, address, port, user, labels, place = {} }: EditedHost): HostForm {
  const { region = '', zone = '', country = '', latitude, longitude } = place;
  const coordinates = latitude === undefined || longitude === undefined ? '' : `${latitude}, ${longitude}`;
  return { name, address, port: String(port), user, labels: labelTexts(labels).join(', '), region, zone, country, coordinates };
}

/** What the form says, or what is wrong with which field. */
export function readHostForm(form: HostForm): ReadHostForm {
  const labels = parseLabels(form.labels);
  const port = Number(form.port);
  const coordinates = readCoordinates(form.coordinates);
  const country = form.country.trim().toUpperCase();
  const errors = {
    ...(/^[a-z0-9][a-z0-9-]{0,62}$/.test(form.name.trim()) ? {} : { name: 'Lower-case letters, digits and hyphens, at most 63.' }),
    ...(form.address.trim() === '' ? { address: 'A host name or IP address.' } : {}),
    ...(Number.isInteger(port) && port >= 1 && port <= 65_535 ? {} : { port: '1 to 65535.' }),
    ...(form.user.trim() === '' ? { user: 'The user to log in as.' } : {}),
    ...(labels === null ? { labels: 'Write name=value, separated by commas.' } : {}),
    ...(country === '' || /^[A-Z]{2}$/.test(country) ? {} : { country: 'Two letters, such as DE.' }),
    ...(coordinates === null ? { coordinates: 'Latitude and longitude: 52.52, 13.40' } : {}),
  };
  if (labels === null || coordinates === null || Object.keys(errors).length > 0) return { ok: false, errors };
  const [region, zone] = [form.region.trim(), form.zone.trim()];
  const place = { ...(region && { region }), ...(zone && { zone }), ...(country && { country }), ...coordinates };
  return {
    ok: true,
    value: { name: form.name.trim(), address: form.address.trim(), port, user: form.user.trim(), labels: { ...labels }, place },
  };
}

/** Nothing is fine too; null is what makes no sense. */
function readCoordinates(text: string): Pick<HostPlace, 'latitude' | 'longitude'> | null {
  if (text.trim() === '') return {};
  const [latitude, longitude, ...more] = text
    .split(/[,;\s]+/)
    .filter((part) => part !== '')
    .map(Number);
  if (latitude === undefined || longitude === undefined || more.length > 0) return null;
  const isSane = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return isSane ? { latitude, longitude } : null;
}
