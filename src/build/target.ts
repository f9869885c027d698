/** What a plugin can be built for: the architectures that gotify releases servers for. */
export const targetNames = [
  'linux-amd64',
  'linux-arm64',
  'linux-arm-7',
  'linux-386',
  'linux-riscv64',
] as const;
export type TargetName = (typeof targetNames)[number];

export interface Target {
  readonly name: TargetName;
  readonly goarch: string;
  /** GOARM, for linux-arm-7. */
  readonly goarm?: '7';
  readonly elf: ElfIdentity;
  /** Debian's cross compiler (also its native name) and the packages that bring it. */
  readonly compiler: { readonly cc: string; readonly cxx: string; readonly packages: readonly string[] };
}

export interface ElfIdentity {
  readonly class: 32 | 64;
  /** e_machine of the ELF header. */
  readonly machine: number;
}

const debianTargets: Record<TargetName, Target> = {
  'linux-amd64': target('linux-amd64', {
    goarch: 'amd64',
    class: 64,
    machine: 62,
    triplet: 'x86-64-linux-gnu',
  }),
  'linux-arm64': target('linux-arm64', {
    goarch: 'arm64',
    class: 64,
    machine: 183,
    triplet: 'aarch64-linux-gnu',
  }),
  'linux-arm-7': {
    ...target('linux-arm-7', { goarch: 'arm', class: 32, machine: 40, triplet: 'arm-linux-gnueabihf' }),
    goarm: '7',
  },
  'linux-386': target('linux-386', { goarch: '386', class: 32, machine: 3, triplet: 'i686-linux-gnu' }),
  'linux-riscv64': target('linux-riscv64', {
    goarch: 'riscv64',
    class: 64,
    machine: 243,
    triplet: 'riscv64-linux-gnu',
  }),
};

export function targetOf(name: TargetName): Target {
  return debianTargets[name];
}

interface Machine extends ElfIdentity {
  readonly goarch: string;
  /** Debian's name of the architecture, in its package names. */
  readonly triplet: string;
}

function target(name: TargetName, { goarch, triplet, class: bits, machine }: Machine): Target {
  // Debian's tool names have x86_64 where its package names have x86-64.
  const prefix = triplet.replace('x86-64', 'x86_64');
  return {
    name,
    goarch,
    elf: { class: bits, machine },
    compiler: { cc: `${prefix}-gcc`, cxx: `${prefix}-g++`, packages: [`gcc-${triplet}`, `g++-${triplet}`] },
  };
}
