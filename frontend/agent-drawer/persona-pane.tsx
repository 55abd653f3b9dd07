// Who the agent is: words, circumstances, character, values, the shape of its day, and where that is written.
import type { AgentView, RunView } from '#api/contract';
import { compact, percent, words } from '../shared/format.ts';
import { ButtonLink } from '../shared/links.tsx';
import { ExcerptBlock } from '../shared/provenance.tsx';
import styles from './agent-drawer.module.css';

type Persona = AgentView['persona'];

function factsOf(persona: Persona): readonly (readonly [string, string])[] {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Age', persona.age === undefined ? undefined : `${persona.age} years`],
    ['Gender', persona.gender],
    ['Education', persona.education],
    ['Occupation', persona.occupation],
    ['Region', persona.region],
    ['Community', persona.community],
    ['Followers', compact(persona.followers)],
    ['Follows', compact(persona.following)],
    ['Reach', `${persona.reach.toFixed(1)}× the median`],
    ['Voice', persona.voice.description === '' ? persona.voice.register : persona.voice.description],
  ];
  return facts.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [[label, value] as const]));
}

function Bars({ title, values }: { readonly title: string; readonly values: Readonly<Record<string, number>> }) {
  return (
    <section>
      <h3>{title}</h3>
      <ul className={styles.bars}>
        {Object.entries(values).map(([name, value]) => (
          <li key={name}>
            <span>{words(name)}</span>
            <span className={styles.track}>
              <span style={{ width: `${value * 100}%` }} />
            </span>
            <span className="number">{percent(value)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Day({ rhythm }: { readonly rhythm: Persona['rhythm'] }) {
  const step = 240 / 24;
  const hours = rhythm.hours.map((weight, hour) => ({ hour, weight }));
  const peak = rhythm.hours.indexOf(Math.max(...rhythm.hours));
  return (
    <section>
      <h3>A day</h3>
      <svg className={styles.day} viewBox="0 0 240 60" role="img" aria-label={`${words(rhythm.name)}: most active at ${peak}:00`}>
        {hours.map(({ hour, weight }) => (
          <rect
            key={hour}
            x={hour * step + 1}
            y={46 - weight * 44}
            width={step - 2}
            height={Math.max(1, weight * 44)}
            rx="1.500"
          />
        ))}
        {[0, 6, 12, 18].map((hour) => (
          <text key={hour} x={hour * step + 1} y="58">
            {hour}:00
          </text>
        ))}
      </svg>
      <p className={styles.quiet}>
        {words(rhythm.name)}; {percent(rhythm.activity)} chance of a session in the busiest hour
      </p>
    </section>
  );
}

export function PersonaPane({ run, view }: { readonly run: RunView; readonly view: AgentView }) {
  const { persona } = view;
  return (
    <div className={styles.pane}>
      {persona.bio !== '' && <p className={styles.bio}>{persona.bio}</p>}
      {persona.goals.length > 0 && (
        <section>
          <h3>Wants</h3>
          <ul className={styles.plainList}>
            {persona.goals.map((goal) => (
              <li key={goal}>{goal}</li>
            ))}
          </ul>
        </section>
      )}
      <dl className={styles.facts}>
        {factsOf(persona).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Bars title="Character" values={persona.traits} />
      <Bars title="Values" values={persona.values} />
      <Day rhythm={persona.rhythm} />
      {persona.entity !== undefined && (
        <ButtonLink to="/runs/$id" params={{ id: run.id }} search={{ tab: 'graph', entity: persona.entity }} variant="default">
          Show in the graph
        </ButtonLink>
      )}
      {persona.excerpts.length > 0 && (
        <section>
          <h3>Where this comes from</h3>
          <div className={styles.excerpts}>
            {persona.excerpts.map((excerpt) => (
              <ExcerptBlock key={`${excerpt.span.document}:${excerpt.span.start}`} excerpt={excerpt} />
            ))}
          </div>
        </section>
      )}
    </div>
  );
}
