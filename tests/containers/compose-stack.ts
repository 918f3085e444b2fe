import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePorts } from '../../stack/ports.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const portVariables = [
  'POSTGRES_PORT',
  'TEMPORAL_PORT',
  'TEMPORAL_UI_PORT',
  'S3_PORT',
  'MLFLOW_PORT',
  'CONTROL_PORT',
  'WEB_PORT',
  'ROUTER_PORT',
  'PROJECT_PORT',
  'INFER_PROD_PORT',
  'INFER_CAND_PORT',
  'PROMETHEUS_PORT',
  'ALERTMANAGER_PORT',
] as const;
export type PortVariable = (typeof portVariables)[number];

export interface ComposeStack {
  readonly project: string;
  /** Address on this machine, such as `http://127.0.0.1:43567`. */
  url(port: PortVariable): string;
  /** `docker compose` with both files of the stack; resolves with what it printed. */
  compose(args: readonly string[], environment?: NodeJS.ProcessEnv): Promise<string>;
  /** The same with the file of the monitoring, as a project beside the stack. */
  monitoring(...args: readonly string[]): Promise<string>;
  /** The same with the file of a further model project, whose router is at `PROJECT_PORT`. */
  furtherProject(name: string, ...args: readonly string[]): Promise<string>;
  docker(...args: readonly string[]): Promise<string>;
  /** A script of the repository, for this stack. */
  script(path: string, ...args: readonly string[]): Promise<string>;
  /** Ids of the running containers of a service. */
  containers(service: string): Promise<string[]>;
  /** A call of the control API as the admin of the first start. */
  // biome-ignore lint/suspicious/noExplicitAny: the answers are what the test is about
  control(method: string, path: string, body?: object): Promise<{ readonly status: number; readonly body: any }>;
}

/** The compose files under a project name, image names and ports of their own: a stack of the user's stays untouched. */
export async function createComposeStack(project: string): Promise<ComposeStack> {
  const free = await freePorts(portVariables.length);
  const ports = Object.fromEntries(portVariables.map((name, index) => [name, String(free[index])]));
  const env = {
    ...process.env,
    ...ports,
    IMAGE_PREFIX: `${project}/`,
    IMAGE_TAG: 'test',
    INCUMBENT_STACK: project,
    PROJECTS: 'home-prices,iris',
    PROJECT_ROUTERS: 'iris=http://iris-router:7000',
  };
  const files = ['-f', 'docker-compose.yaml', '-f', 'docker-compose.ab.yml'];
  const options = { cwd: root, maxBuffer: 64 * 1024 * 1024 };

  async function docker(...args: readonly string[]): Promise<string> {
    return (await run('docker', [...args], { ...options, env })).stdout.trim();
  }
  async function compose(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<string> {
    const command = ['compose', '-p', project, ...files, ...args];
    return (await run('docker', command, { ...options, env: { ...env, ...environment } })).stdout.trim();
  }
  const url = (port: PortVariable) => `http://127.0.0.1:${ports[port]}`;
  let key: string | undefined;

  return {
    project,
    url,
    compose,
    monitoring(...args) {
      return docker(
        'compose',
        '-p',
        `${project}-monitoring`,
        '-f',
        'monitoring/docker-compose.monitoring.yml',
        ...args,
      );
    },
    async furtherProject(name, ...args) {
      const command = ['compose', '-p', `${project}-${name}`, '-f', 'docker-compose.project.yml', ...args];
      return (await run('docker', command, { ...options, env: { ...env, PROJECT: name } })).stdout.trim();
    },
    docker,
    async script(path, ...args) {
      const environment = { ...env, COMPOSE_PROJECT_NAME: project };
      return (await run(path, [...args], { ...options, env: environment })).stdout.trim();
    },
    async containers(service) {
      return (await compose(['ps', '-q', service])).split('\n').filter(Boolean);
    },
    async control(method, path, body) {
      key ??= (await compose(['exec', '-T', 'control', 'cat', '/var/lib/incumbent/first-admin-key'])).match(
        /inc_[\w-]+/,
      )?.[0];
      const answer = await fetch(`${url('CONTROL_PORT')}/api/${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: answer.status, body: await answer.json() };
    },
  };
}
