import { controlPath, type Page as ListPage, type ModelView } from '../../api/control.js';
import { Link } from '../../shared/link.js';
import { navigate, useAddress } from '../../shared/navigation.js';
import { Comparison } from '../models/comparison.js';
import { Page } from '../parts/page.js';
import { Empty, Loaded } from '../parts/states.js';
import { useControl } from '../parts/use-control.js';
import { useProject } from '../parts/use-project.js';

/** Any two versions side by side; by itself the two newest. */
export function ComparePage() {
  const { project, href } = useProject();
  const { query } = useAddress();
  const models = useControl<ListPage<ModelView>>(controlPath('models', { project, limit: 100 }));
  return (
    <Page title="Compare models" lead={<Link href={href('/ops/models')}>All models</Link>}>
      <Loaded what="The models" resource={models}>
        {({ items }) => {
          const there = items.filter(({ state }) => state !== 'deleted').map(({ version }) => version);
          const a = query.get('a') ?? there[1];
          const b = query.get('b') ?? there[0];
          if (a === undefined || b === undefined) return <Empty>There are no two versions yet.</Empty>;
          const choose = (side: 'a' | 'b', version: string) => {
            const chosen = { a, b, [side]: version };
            navigate(href(`/ops/models/compare?a=${chosen.a}&b=${chosen.b}`));
          };
          return (
            <>
              <div className="chooser">
                {(
                  [
                    ['a', a],
                    ['b', b],
                  ] as const
                ).map(([side, chosen]) => (
                  <label key={side}>
                    {side === 'a' ? 'Compare' : 'with'}{' '}
                    <select value={chosen} onChange={(event) => choose(side, event.target.value)}>
                      {(there.includes(chosen) ? there : [chosen, ...there]).map((version) => (
                        <option key={version}>{version}</option>
                      ))}
                    </select>
                  </label>
                ))}
              </div>
              <Comparison key={`${a} ${b}`} project={project} a={a} b={b} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
