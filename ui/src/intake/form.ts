import { emptyCard } from '../clients/card';
import type { IntakeForm, MetalForm, PieceForm, StoneForm } from '../lib/bindings';
import type { Lang } from '../lib/words';

export const emptyStone = (): StoneForm => ({
  role: 'central',
  gem: 'diamond',
  gravity: '',
  loose: false,
  weighed: '',
  cut: 'round',
  length: '',
  width: '',
  depth: '',
  girdle: '',
  note: '',
});

export const emptyMetal = (): MetalForm => ({
  name: '',
  stamp: '',
  title: '',
  tested: '',
  gross: '',
  mounted: '',
  other: '',
});

export const emptyPiece = (): PieceForm => ({
  description: '',
  condition: '',
  envelope: '',
  declared_value: '',
  stones: [emptyStone()],
  metals: [emptyMetal()],
  photos: [],
});

export const emptyIntake = (language: Lang): IntakeForm => ({
  kind: 'redesign',
  client: { kind: 'new', card: emptyCard(language) },
  wish: '',
  pieces: [emptyPiece()],
  fee: '',
  fee_method: '',
  consents: [],
  signature: { kind: 'none' },
});
