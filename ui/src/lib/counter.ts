// The only way from the screen to Rust.
import { convertFileSrc, invoke } from '@tauri-apps/api/core';
import type { Action, Export, Outcome, Question } from './bindings';
import { session } from './live.svelte';

/** What went wrong, as Rust says it. */
export interface Said {
  kind: 'refused' | 'broken';
  text: string;
  field: string | null;
}

function at() {
  return { who: session.who, language: session.language };
}

/** Bad arguments and refused permissions come as plain strings, everything else as `Said`. */
function said(error: unknown): Said {
  if (typeof error === 'object' && error !== null && 'text' in error) return error as Said;
  return { kind: 'broken', text: String(error), field: null };
}

async function call<T>(command: string, args: Record<string, unknown>): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (error) {
    throw said(error);
  }
}

export function ask<T>(question: Question): Promise<T> {
  return call<T>('ask', { question, at: at() });
}

/** Acts, and has every open question asked again. */
export async function act(action: Action): Promise<Outcome> {
  const outcome = await call<Outcome>('act', { action, at: at() });
  session.acted += 1;
  return outcome;
}

export function rehearse(action: Action): Promise<Outcome> {
  return call<Outcome>('rehearse', { action, at: at() });
}

/** The newest state of each form, as it was sent: what is read when it is opened again. */
export const newest = new Map<string, string>();

export function saveDraft(id: string, body: unknown): Promise<void> {
  const text = JSON.stringify(body);
  newest.set(id, text);
  return call('save_draft', { id, body: text, at: at() });
}

export async function dropDraft(id: string): Promise<void> {
  newest.delete(id);
  await call('drop_draft', { id, at: at() });
  session.acted += 1;
}

async function send(command: 'add_photo' | 'add_file', file: File): Promise<Outcome> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const headers = {
    'x-at': JSON.stringify(at()),
    'x-name': encodeURIComponent(file.name),
    'x-length': String(bytes.length),
  };
  try {
    return await invoke<Outcome>(command, bytes, { headers });
  } catch (error) {
    throw said(error);
  }
}

export async function addPhoto(file: File): Promise<string> {
  return (await send('add_photo', file)).photo ?? '';
}

/** Keeps a file a client sent, as it came. */
export async function addFile(file: File): Promise<string> {
  return (await send('add_file', file)).file ?? '';
}

export function photo(id: string, size: 'thumb' | 'picture'): string {
  return `${convertFileSrc('', 'atelier')}photo/${id}/${size}`;
}

export function page(paper: string, number: number): string {
  return `${convertFileSrc('', 'atelier')}page/${paper}/${number}`;
}

export function previewPaper(id: string): Promise<{ pages: number; number: string }> {
  return call('preview_paper', { id, at: at() });
}

export function printPaper(id: string): Promise<void> {
  return call('print_paper', { id, at: at() });
}

export function savePaper(id: string, name: string): Promise<boolean> {
  return call('save_paper', { id, name, at: at() });
}

export function saveExport(what: Export): Promise<boolean> {
  return call('save_export', { export: what, at: at() });
}
