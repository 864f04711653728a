// The script of each screen, and of the paper that lies over one: read when it is shown first, or before that while nobody waits.
export const screens = {
  projects: () => import('../projects/Projects.svelte'),
  project: () => import('../projects/Project.svelte'),
  newProject: () => import('../projects/NewProject.svelte'),
  intake: () => import('../intake/Intake.svelte'),
  clients: () => import('../clients/Clients.svelte'),
  client: () => import('../clients/Client.svelte'),
  cases: () => import('../aftersales/Cases.svelte'),
  case: () => import('../aftersales/Case.svelte'),
  ask: () => import('../ask/Ask.svelte'),
  gold: () => import('../gold/Gold.svelte'),
  house: () => import('../house/House.svelte'),
  paper: () => import('../papers/Preview.svelte'),
};

/** Reads the scripts of all screens, one after another. What does not come is read when one goes there. */
export async function readAhead() {
  for (const read of Object.values(screens)) await read().catch(() => undefined);
}
