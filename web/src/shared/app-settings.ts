import { requestJson } from '../api/http.js';
import { type Resource, useResource } from './use-resource.js';

/** What the web server says of this installation. */
export interface AppSettings {
  readonly projects: readonly string[];
  /** Projects that are reached under `/projects/{name}`. */
  readonly routed: readonly string[];
  readonly temporal: { readonly url: string; readonly namespace: string } | null;
}

let asked: Promise<AppSettings> | null = null;

/** Asked once for each load of the app; a failure is asked again. */
function readSettings(): Promise<AppSettings> {
  asked ??= requestJson<AppSettings>('/app-settings.json').catch((error: unknown) => {
    asked = null;
    throw error;
  });
  return asked;
}

export const useAppSettings = (): Resource<AppSettings> => useResource(readSettings);
