// Durable workflows: named steps, each done once.

/** A durable workflow: named steps, each done once; after a crash it goes on at the first step not done. */
export interface WorkflowView {
  readonly id: string;
  readonly kind: string;
  /** `interrupted`: its process ended without saying so; `take` goes on with it. */
  readonly state: 'running' | 'waiting' | 'paused' | 'finished' | 'failed' | 'stopped' | 'interrupted';
  readonly error?: string | undefined;
  readonly steps: readonly {
    readonly name: string;
    readonly state: 'running' | 'done' | 'failed';
    readonly startedAt: string;
    readonly endedAt: string | undefined;
    readonly error: string | undefined;
  }[];
  /** Fences a process that lost the run: only the newest generation may write. */
  readonly generation: number;
  readonly updatedAt: string;
}

export interface WorkflowHandle {
  readonly id: string;
  readonly generation: number;
  /** Runs `work` unless this step is already done; its result belongs in the run's file, not here. */
  step(name: string, work: () => Promise<void>): Promise<void>;
  end(state: 'finished' | 'failed' | 'stopped' | 'paused', error?: string): void;
}

export interface Workflows {
  /** Starts or takes over: raises the generation, so an older holder's next write throws `conflict`. */
  take(id: string, kind: string): WorkflowHandle;
  view(id: string): WorkflowView | undefined;
  list(kind?: string): readonly WorkflowView[];
  /** Marks workflows as interrupted whose process is gone, and returns their ids; call at start. */
  interruptOrphans(): readonly string[];
}
