import type { Card } from '../lib/bindings';
import type { Lang } from '../lib/words';

export function emptyCard(language: Lang): Card {
  return {
    kind: 'consumer',
    language,
    name: '',
    street: '',
    postcode: '',
    city: '',
    country: 'BE',
    phone: '',
    email: '',
    second_contact: '',
    vat_number: '',
    sizes: '',
    preferences: '',
    dates: '',
  };
}

/** What each field of a card is called. */
export const CARD_LABELS: Record<string, string> = {
  kind: 'ui-client-kind',
  language: 'ui-client-language',
  name: 'ui-name',
  street: 'ui-street',
  postcode: 'ui-postcode',
  city: 'ui-city',
  country: 'ui-country',
  phone: 'ui-phone',
  email: 'ui-email',
  second_contact: 'ui-second-contact',
  vat_number: 'ui-vat-number',
  sizes: 'ui-card-sizes',
  preferences: 'ui-card-preferences',
  dates: 'ui-card-dates',
};
