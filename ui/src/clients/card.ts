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
