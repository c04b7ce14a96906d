import type { ProductArea, Taxonomy } from '../../domain/taxonomy.ts';
import type { FieldErrors } from '../props.ts';
import { FieldError } from './field-frame.tsx';

/** As many product areas as a taxonomy holds. */
export const MOST_AREAS = 60;
/** Rows for areas that are added. */
const EMPTY_ROWS = 3;

/** How the fields of an area's row are called. */
export const AREA_FIELDS = (place: number) => ({
  name: `area-${place}-name`,
  keywords: `area-${place}-keywords`,
  collectionId: `area-${place}-collection`,
});

interface TaxonomyAreasProps {
  taxonomy: Pick<Taxonomy, 'productAreas'>;
  learned: readonly ProductArea[];
  sent?: Readonly<Record<string, string>>;
  errors?: FieldErrors;
}

/** The product areas as rows of a form: those there are, those that help collections name, and some empty ones. */
export function TaxonomyAreas({ taxonomy, learned, sent, errors }: TaxonomyAreasProps) {
  const empty: ProductArea = { name: '', keywords: [], collectionId: null };
  const rows = [...taxonomy.productAreas, ...Array.from({ length: EMPTY_ROWS }, () => empty)].slice(0, MOST_AREAS);
  const offered = learned.slice(0, MOST_AREAS - rows.length);
  return (
    <section class="card" aria-labelledby="areas-heading">
      <h2 id="areas-heading">Product areas</h2>
      <p class="sub">
        The mapped help collections name them at first. Customers often use other words: list those, with commas. Empty
        a name to remove an area.
      </p>
      <FieldError id="areas" error={errors?.areas} />
      <ul class="area-rows">
        {rows.map((area, place) => {
          const fields = AREA_FIELDS(place);
          return (
            <li key={fields.name}>
              <label for={fields.name}>
                Name<span class="visually-hidden"> of product area {place + 1}</span>
              </label>
              <label for={fields.keywords}>
                Customers' words<span class="visually-hidden"> for product area {place + 1}</span>
              </label>
              <input
                id={fields.name}
                name={fields.name}
                value={sent?.[fields.name] ?? area.name}
                maxlength={80}
                aria-describedby={errors?.areas ? 'areas-error' : undefined}
              />
              <input
                id={fields.keywords}
                name={fields.keywords}
                value={sent?.[fields.keywords] ?? area.keywords.join(', ')}
                maxlength={1300}
              />
              {area.collectionId && <input type="hidden" name={fields.collectionId} value={area.collectionId} />}
            </li>
          );
        })}
      </ul>
      {offered.length > 0 && (
        <fieldset class="choices">
          <legend>Add from the help collections</legend>
          {offered.map(({ name, collectionId }, index) => {
            const fields = AREA_FIELDS(rows.length + index);
            return (
              <label key={fields.name} class="choice" for={fields.name}>
                <input
                  id={fields.name}
                  type="checkbox"
                  name={fields.name}
                  value={name}
                  checked={sent?.[fields.name] !== undefined}
                />
                <span class="choice-text">{name}</span>
                {collectionId && <input type="hidden" name={fields.collectionId} value={collectionId} />}
              </label>
            );
          })}
        </fieldset>
      )}
    </section>
  );
}
