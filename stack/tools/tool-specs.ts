export type ToolName = 'temporal' | 'versitygw' | 'k6';

/** The platforms the release downloads are known for; elsewhere a tool is built or given by its variable. */
export type Platform = 'linux-x64' | 'linux-arm64' | 'darwin-x64' | 'darwin-arm64';

/** Where an official release is, and how to know that what came is what was published. */
export interface ReleaseSpec {
  readonly baseUrl: string;
  readonly asset: Readonly<Record<Platform, string>>;
  /** sha256 of the assets, pinned; an asset without one is checked against the release's own checksums file. */
  readonly sha256: Readonly<Partial<Record<Platform, string>>>;
  readonly checksums: string;
}

/** How one tool is recognised, and where it comes from when it is not there. */
export interface ToolSpec {
  readonly name: ToolName;
  /** The version the stack is tested with, downloaded and built; the one in go.mod. */
  readonly version: string;
  /** Environment variable that names the executable outright. */
  readonly variable: string;
  readonly versionArguments: readonly string[];
  /** The oldest version found on PATH that is used. */
  readonly minimumVersion: string;
  readonly release: ReleaseSpec;
  /** Package built with `go build` from the versions pinned in go.mod. */
  readonly goPackage: string;
}

/** What getting a tool needs to know. */
export interface FetchRequest {
  readonly spec: ToolSpec;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly onProgress: (message: string) => void;
}

export const toolSpecs: Readonly<Record<ToolName, ToolSpec>> = {
  temporal: {
    name: 'temporal',
    version: '1.5.1',
    variable: 'TEMPORAL_PATH',
    versionArguments: ['--version'],
    minimumVersion: '1.4.0',
    goPackage: 'github.com/temporalio/cli/cmd/temporal',
    release: {
      baseUrl: 'https://github.com/temporalio/cli/releases/download/v1.5.1',
      checksums: 'checksums.txt',
      asset: {
        'linux-x64': 'temporal_cli_1.5.1_linux_amd64.tar.gz',
        'linux-arm64': 'temporal_cli_1.5.1_linux_arm64.tar.gz',
        'darwin-x64': 'temporal_cli_1.5.1_darwin_amd64.tar.gz',
        'darwin-arm64': 'temporal_cli_1.5.1_darwin_arm64.tar.gz',
      },
      sha256: {
        'linux-x64': 'ddc95e08b0b076efd4ea9733a3f488eb7d2be875f8834e616cd2a37358b4852d',
        'linux-arm64': 'bd1b0db9f18b051026de8bf6cc1505f2510f14bbb7a8b9a4a91fff46c77454f5',
        'darwin-x64': 'bbb73e2a31135abe50a1f1cdb35030c42961df618e8ce9c60ae89f201540c5d9',
        'darwin-arm64': 'cca01b7ea35ad56e2a328d9ae596bf716bd22313ef63c7a761c88354457c2415',
      },
    },
  },
  versitygw: {
    name: 'versitygw',
    version: '1.8.0',
    variable: 'VERSITYGW_PATH',
    versionArguments: ['--version'],
    minimumVersion: '1.7.0',
    goPackage: 'github.com/versity/versitygw/cmd/versitygw',
    release: {
      baseUrl: 'https://github.com/versity/versitygw/releases/download/v1.8.0',
      checksums: 'checksums.txt',
      asset: {
        'linux-x64': 'versitygw_v1.8.0_Linux_x86_64.tar.gz',
        'linux-arm64': 'versitygw_v1.8.0_Linux_arm64.tar.gz',
        'darwin-x64': 'versitygw_v1.8.0_Darwin_x86_64.tar.gz',
        'darwin-arm64': 'versitygw_v1.8.0_Darwin_arm64.tar.gz',
      },
      sha256: {
        'linux-x64': '2ba2c734d10d2c4e651d03182cb4b246656bc735a2f282db7b0b73fba6073467',
        'linux-arm64': 'b34051d33f5a9c457f790896acb7bd7d7e15ad8d92efb70616b924f37e401910',
        'darwin-x64': '104bd978e80ef0173554cfd8630ccc5bac24b00da440510b60365a3b6b6ab134',
        'darwin-arm64': '4953096f65a9c0d62ab184fb6b2ba7c2435229205cf00a56cb62cd4bf6b216ca',
      },
    },
  },
  k6: {
    name: 'k6',
    version: '1.8.1',
    variable: 'K6_PATH',
    versionArguments: ['version'],
    minimumVersion: '0.57.0',
    goPackage: 'go.k6.io/k6',
    release: {
      baseUrl: 'https://github.com/grafana/k6/releases/download/v1.8.1',
      checksums: 'k6-v1.8.1-checksums.txt',
      asset: {
        'linux-x64': 'k6-v1.8.1-linux-amd64.tar.gz',
        'linux-arm64': 'k6-v1.8.1-linux-arm64.tar.gz',
        'darwin-x64': 'k6-v1.8.1-macos-amd64.zip',
        'darwin-arm64': 'k6-v1.8.1-macos-arm64.zip',
      },
      sha256: {},
    },
  },
};
