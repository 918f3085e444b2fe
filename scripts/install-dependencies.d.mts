export function ensureDependencies(options: {
  root: URL | string;
  report: (line: string) => void;
  npm?: readonly string[];
}): Promise<'up to date' | 'recorded' | 'installed'>;
