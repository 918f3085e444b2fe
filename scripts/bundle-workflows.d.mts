export function bundleWorkflows(options: { traced: boolean }): Promise<string>;
