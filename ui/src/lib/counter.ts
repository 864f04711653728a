// The only way from the screen to Rust.
import { Channel, convertFileSrc, invoke } from '@tauri-apps/api/core';
import type { Action, Answers, Export, Outcome, Question, Role } from './bindings';
import { session } from './live.svelte';
import { whatWentWrong } from './trouble';
import type { Lang } from './words';

function at() {
  return { who: session.who, language: session.language };
}

async function call<T>(command: string, args: Record<string, unknown>): Promise<T> {
  const { signedIn, who } = session;
  try {
    return await invoke<T>(command, args);
  } catch (error) {
    const why = whatWentWrong(error);
    // What was asked before whoever works gave their PIN, or by whoever worked before, says nothing of now.
    if (why.kind === 'locked' && signedIn && who === session.who) session.lock();
    throw why;
  }
}

/** What was asked before the screen that shows it was there, by the question and who asks. */
const ahead = new Map<string, Promise<unknown>>();
/** What nobody asks for so long after it came is forgotten, in milliseconds: it would be old. */
const FRESH = 1000;

/** Asks before the screen that will ask is there: it is given this answer, once. What fails before that is asked again. */
export function askAhead(question: Question) {
  const asked = { question, at: at() };
  const name = JSON.stringify(asked);
  const answer = call('ask', asked);
  ahead.set(name, answer);
  answer.then(
    () => setTimeout(() => ahead.delete(name), FRESH),
    () => ahead.delete(name),
  );
}

/** Asks; what comes back follows from the question. */
export function ask<Q extends Question>(question: Q): Promise<Answers[Q['about']]> {
  const asked = { question, at: at() };
  return told((takenAhead(asked) as Promise<Answers[Q['about']]> | undefined) ?? call('ask', asked));
}

/** The answer to what was asked ahead. Once nothing is left of that, no question is written out for it: some hold a whole file. */
function takenAhead(asked: { question: Question }): Promise<unknown> | undefined {
  if (ahead.size === 0) return undefined;
  const name = JSON.stringify(asked);
  const early = ahead.get(name);
  ahead.delete(name);
  return early;
}

/** Asks in another language than the screen's: what a client reads or signs. */
export function askIn<Q extends Question>(language: Lang, question: Q): Promise<Answers[Q['about']]> {
  return told(call('ask', { question, at: { ...at(), language } }));
}

/** How long an answer may take before the screen says that it waits, in milliseconds. */
const PATIENCE = 150;
/** How long it says so at least. */
const SAID_FOR = 400;
const late = new Set<object>();
/** Says on the screen that an answer is late, as long as it is. */
function told<T>(answer: Promise<T>): Promise<T> {
  const one = {};
  const timer = setTimeout(() => {
    late.add(one);
    session.late = true;
  }, PATIENCE);
  const came = () => {
    clearTimeout(timer);
    // What was said is said long enough to be read.
    setTimeout(
      () => {
        late.delete(one);
        session.late = late.size > 0;
      },
      late.has(one) ? SAID_FOR : 0,
    );
  };
  answer.then(came, came);
  return answer;
}

/** Who acts, and whether what looks like a slip is meant. */
type Acting = ReturnType<typeof at> & { sure: boolean };

/** Acts. What looks like a slip is asked about first, and done where it is meant. */
async function acted<T>(does: (at: Acting) => Promise<T>, sure = false): Promise<T> {
  try {
    return await does({ ...at(), sure });
  } catch (error) {
    const why = whatWentWrong(error);
    if (why.kind !== 'doubtful' || !(await session.isSure(why.text))) throw why;
    return acted(does, true);
  }
}

/** Acts, has every open question asked again, and offers to take it back where it can be. */
export async function act(action: Action): Promise<Outcome> {
  const outcome = await told(acted((at) => call<Outcome>('act', { action, at })));
  session.acted += 1;
  const { undo } = outcome;
  session.offer(undo ? () => act(undo as Action) : null);
  return outcome;
}

/** Takes a step on an order or a case: its fields are those Rust asked for, and Rust reads them. */
export function takeStep(
  on: { do: 'take-step'; project: string } | { do: 'take-case-step'; case: string },
  step: string,
  fields: Record<string, unknown>,
): Promise<Outcome> {
  return act({ ...on, step, ...fields } as unknown as Action);
}

export function rehearse(action: Action): Promise<Outcome> {
  return call<Outcome>('rehearse', { action, at: at() });
}

/** Whose draft of which form it is. */
export function draftName(id: string, maker: string): string {
  return `draft ${id} ${maker}`;
}

/** The newest state of each form, as it was sent: what is read when it is opened again. */
const newest = new Map<string, string>();

/** What was sent and is not known to be written yet. */
const unwritten = new Set<string>();

/** What was sent last of a draft; of one that the house's server did not take, also over a start: it lies on this computer. */
export function sentLast(name: string): string | null {
  return newest.get(name) ?? localStorage.getItem(name);
}

/** The same where it is not written down yet: what is, the store knows best. Another workstation may have gone on with it. */
export function unsent(name: string): string | null {
  return unwritten.has(name) || liesHere(name) ? sentLast(name) : null;
}

/** Sends what was typed while the house's server was away and whose forms are not open any more. */
export async function sendLeft(): Promise<void> {
  for (const name of Object.keys(localStorage)) {
    const [, id, maker = ''] = /^draft (\S+) (\S*)$/.exec(name) ?? [];
    const body = localStorage.getItem(name);
    if (id === undefined || body === null || unwritten.has(name)) continue;
    await saveDraft(id, maker, JSON.parse(body)).catch(() => undefined);
  }
}

/** Whether the house's server did not take it yet: it lies on this computer. */
export function liesHere(name: string): boolean {
  return localStorage.getItem(name) !== null;
}

/** Nothing of a draft is to be written any more. */
export function forget(name: string) {
  newest.delete(name);
  unwritten.delete(name);
  localStorage.removeItem(name);
}
/** The last write of each form: one waits for the other, so that what was typed last is what stays. */
const writing = new Map<string, Promise<void>>();

/** Waits until nothing of a form is being written any more, however that ended. */
export async function settled(name: string): Promise<void> {
  await writing.get(name)?.catch(() => undefined);
}

/** Writes a form down; what was overtaken by newer text, or thrown away meanwhile, is not written. */
export function saveDraft(id: string, maker: string, body: unknown): Promise<void> {
  const text = JSON.stringify(body);
  const name = draftName(id, maker);
  newest.set(name, text);
  unwritten.add(name);
  const write = settled(name).then(async () => {
    if (newest.get(name) !== text) return;
    try {
      await call('save_draft', { id, maker, body: text, at: at() });
      localStorage.removeItem(name);
      if (newest.get(name) === text) unwritten.delete(name);
    } catch (error) {
      // The house's server is away: it lies here until that is there again.
      if (whatWentWrong(error).kind === 'away' && newest.get(name) === text) localStorage.setItem(name, text);
      throw error;
    }
  });
  writing.set(name, write);
  return write;
}

export async function dropDraft(id: string, maker: string): Promise<void> {
  const name = draftName(id, maker);
  forget(name);
  await settled(name);
  await call('drop_draft', { id, maker, at: at() });
  session.acted += 1;
}

/** Goes on with what another half typed, which is answered: from now on it is of whoever works here. */
export async function takeOverDraft(id: string, from: string): Promise<string> {
  const body = await call<string>('take_over_draft', { id, from, at: at() });
  const name = draftName(id, session.who);
  forget(name);
  // A form that opens now begins with it.
  newest.set(name, body);
  session.acted += 1;
  return body;
}

async function send(command: 'add_photo' | 'add_file', file: File): Promise<Outcome> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return acted((at) => {
    const headers = {
      'x-at': JSON.stringify(at),
      'x-name': encodeURIComponent(file.name),
      'x-length': String(bytes.length),
    };
    return invoke<Outcome>(command, bytes, { headers });
  });
}

export async function addPhoto(file: File): Promise<string> {
  return (await send('add_photo', file)).photo ?? '';
}

/** The folder a phone brings its photos to, and what came that nobody has taken. */
export interface PhoneFolder {
  folder: string | null;
  fresh: string[];
}
export const phoneFolder = (on: boolean) => call<PhoneFolder>('phone_folder', { on });
export const phonePhotos = () => call<PhoneFolder>('phone_photos', {});
export async function takePhonePhoto(name: string): Promise<string> {
  const outcome = await acted((at) => call<Outcome>('take_phone_photo', { name, at }));
  return outcome.photo ?? '';
}

/** Keeps a file a client sent, as it came. */
export async function addFile(file: File): Promise<string> {
  return (await send('add_file', file)).file ?? '';
}

export function photo(id: string, size: 'thumb' | 'picture'): string {
  return `${convertFileSrc('', 'atelier')}photo/${id}/${size}`;
}

/** The house's logo, as it was saved. */
export function logo(id: string): string {
  return `${convertFileSrc('', 'atelier')}logo/${id}`;
}

export function page(paper: string, number: number): string {
  return `${convertFileSrc('', 'atelier')}page/${paper}/${number}`;
}

export interface Previewed {
  pages: number;
  name: string;
  number: string;
  /** Where it is the copy of a structured invoice: whether that was handed over. */
  structured: boolean | null;
}

export function previewPaper(id: string): Promise<Previewed> {
  return call('preview_paper', { id, at: at() });
}

/** Writes an invoice's structured file into the house's folder for them; answers where it stands, nothing where none was picked. */
export function handOverInvoice(paper: string): Promise<string | null> {
  return told(acted((at) => call('hand_over_invoice', { paper, at })));
}

/** The folder that structured invoices go to; another one is picked where that is asked for. */
export function invoiceFolder(choose: boolean): Promise<string | null> {
  return call('invoice_folder', { choose, at: at() });
}

/** The printers to choose from for a paper, and the one its kind goes to. */
export function printers(id: string): Promise<{ names: string[]; chosen: string }> {
  return call('printers', { id, at: at() });
}

export function printPaper(id: string, printer: string): Promise<void> {
  return call('print_paper', { id, printer, at: at() });
}

/** Opens a mail with a paper attached in the mail program. */
export function mailPaper(
  id: string,
  mail: { to: string; subject: string; text: string; send: boolean },
): Promise<void> {
  return told(call('mail_paper', { id, mail, at: at() }));
}

/** Where the house's store lies, and what is known of the other workstations. */
export interface SharedHouse {
  /** On a server; nothing for a file of this machine. */
  address: string | null;
  /** Whether the server answers. */
  reached: boolean;
  /** Counts what was heard. */
  turn: number;
  /** The number of the last thing anybody did. */
  last: number;
  /** Who is at which dossier elsewhere. */
  others: { dossier: string; name: string }[];
}
/** Answers as soon as something else is known than at that turn, or after a while. */
export function sharedHouse(turn: number): Promise<SharedHouse> {
  return call('shared_house', { turn, at: at() });
}
/** Says at which dossier one is; an empty id for none. */
export function atDossier(dossier: string): Promise<void> {
  return call('at_dossier', { dossier, at: at() });
}
/** Goes over to the house on a server, or brings this one there; with `trust` the certificate that was shown is believed. */
export async function shareHouse(
  way: { address: string; password: string; trust: boolean },
  bring: boolean,
): Promise<void> {
  await call('share_house', { way, bring, at: at() });
  session.moved += 1;
  session.acted += 1;
}
/** Brings the house back from its server to this machine. */
export async function bringHouseHome(): Promise<void> {
  await call('bring_house_home', { at: at() });
  session.moved += 1;
  session.acted += 1;
}
/** Believes the certificate the house's server shows. */
export async function trustServer(): Promise<void> {
  await call('trust_server', { at: at() });
  session.acted += 1;
}

/** A mail server as it is typed. */
export interface Server {
  host: string;
  port: string;
  user: string;
  security: 'tls' | 'starttls' | 'none';
}
/** What this machine sends by itself. */
export interface SendingView {
  access_point: string;
  token: boolean;
  mail: (Omit<Server, 'port'> & { port: number }) | null;
  password: boolean;
  keyring: boolean;
}
export function sending(): Promise<SendingView> {
  return call('sending', { at: at() });
}
/** Sets up where e-invoices go; an empty address switches it off, an empty token keeps the one that is known. */
export function setAccessPoint(address: string, token: string): Promise<SendingView> {
  return call('set_access_point', { address, token, at: at() });
}
/** Sets up the mail server, once it lets the house in; none switches it off. */
export function setMailServer(server: Server | null, password: string): Promise<SendingView> {
  return told(call('set_mail_server', { server, password, at: at() }));
}

/** Shows the file that was saved last in its folder. */
export function showSaved(): Promise<void> {
  return call('show_saved', { at: at() });
}

export function savePaper(id: string, name: string): Promise<boolean> {
  return call('save_paper', { id, name, at: at() });
}

/** Goes over to the examples, or back: the program starts again. */
export function useExamples(on: boolean): Promise<void> {
  return call('use_examples', { on, at: at() });
}

/** How far each file is that is being saved, where that takes long, in hundredths. */
const files = new Map<object, number>();
const leastFar = () => (files.size > 0 ? Math.min(...files.values()) : null);

/** Saves something as a file; what takes long says how far it is, and can be stopped. */
export async function saveExport(what: Export): Promise<boolean> {
  const file = {};
  let under = true;
  // What is said late is said of nothing.
  const soFar = new Channel<number>((hundredths) => {
    if (under) files.set(file, hundredths);
    session.saving = leastFar();
  });
  try {
    return await call('save_export', { export: what, soFar, at: at() });
  } finally {
    under = false;
    files.delete(file);
    session.saving = leastFar();
  }
}
export const stopSaving = (): Promise<void> => call('stop_saving', {});

export async function signIn(pin: string): Promise<void> {
  await call('sign_in', { pin, at: at() });
  session.signedIn = true;
  session.acted += 1;
}

export async function lock(): Promise<void> {
  session.lock();
  await call('lock', {});
}

export async function changePerson(person: {
  id: string;
  name: string;
  role: Role;
  active: boolean;
  pin: string;
}): Promise<void> {
  await acted((at) => call('change_person', { ...person, at }));
  if (person.pin && person.id === session.who) session.signedIn = true;
  session.acted += 1;
}

/** Opens an encrypted store with its recovery key or passphrase. */
export async function unlock(key: string): Promise<void> {
  await call('unlock', { key, at: at() });
  session.acted += 1;
}

/** Where the safety of the data stands. */
export interface Safety {
  /** Whether the house lies on a server: what is encrypted then are its backups. */
  shared: boolean;
  encrypted: boolean;
  keyring: boolean;
  kept: boolean;
  backups: string[];
  /** How many they are, and what they take of the disk. */
  held: string;
  /** That a backup failed or is overdue, and what to do. */
  warning: string | null;
  place: SecondPlace;
}

/** Where backups go too. */
export interface SecondPlace {
  folder: string | null;
  good: string | null;
  trouble: string | null;
}

/** What a backup, or the store, holds. */
export interface Holds {
  name: string;
  house: string;
  entries: number;
  clients: number;
  projects: number;
  cases: number;
  papers: number;
  photos: number;
  last: string;
  problems: string[];
}

export const safety = () => call<Safety>('safety', { at: at() });
/** Somebody is at the keys. */
export const here = (): Promise<void> => call('here', { at: at() });
/** Of which days the last good backups are, here and in the second place. */
export const lastBackups = () => call<string>('last_backups', { at: at() });
/** Chooses the second place, or has none any more. */
export const secondPlace = (on: boolean) => call<SecondPlace>('second_place', { on, at: at() });
export const backUp = (elsewhere: boolean, passphrase: string) =>
  call<string>('back_up', { elsewhere, passphrase, at: at() });
export const progress = () => call<number | null>('progress', {});
export const stopBackup = (): Promise<void> => call('stop', {});
export const lookAtBackup = (name: string | null, key: string) =>
  call<Holds | null>('look_at_backup', { which: name ? { kept: name } : 'chosen', key, at: at() });
export const checkStore = () => call<Holds>('check', { at: at() });
/** Makes a key to be written down; nothing is encrypted with it yet. */
export const newKey = () => call<{ recovery: string; keyring: boolean }>('new_key', { at: at() });
/** Encrypts by a passphrase, or by the key that was made, proven by its last group; answers old copies that could not be erased. */
export const encrypt = (passphrase: string, group: string) =>
  call<string[]>('encrypt', { passphrase, group, at: at() });
export const decrypt = (): Promise<void> => call('decrypt', { at: at() });
export const saveRecovery = () => call<boolean>('save_recovery', { at: at() });
export const saveLog = () => call<boolean>('save_log', { at: at() });

export async function restore(key: string): Promise<string> {
  const kept = await call<string>('restore', { key, at: at() });
  session.acted += 1;
  return kept;
}
