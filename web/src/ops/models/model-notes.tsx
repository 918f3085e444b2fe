import { useState } from 'react';
import { ApiError } from '../../api/http.js';
import { annotateModel, type ModelDetail } from '../../api/models.js';
import { ActionButton } from '../parts/action-button.js';
import { TextField } from '../parts/labelled.js';
import { Empty } from '../parts/states.js';

interface ModelNotesProps {
  readonly project: string;
  readonly model: ModelDetail;
  readonly etag: string | null;
  readonly onChanged: () => void;
}

const PRECONDITION_FAILED = 412;

/** What people wrote on a version. What somebody else wrote meanwhile is shown before it is overwritten. */
export function ModelNotes({ project, model, etag, onChanged }: ModelNotesProps) {
  const { version, notes, tags } = model;
  const [text, setText] = useState(notes);
  const [labels, setLabels] = useState('');
  const [overtaken, setOvertaken] = useState(false);
  async function save() {
    const written = { notes: text, tags: labels.split(/[\s,]+/).filter((tag) => tag !== '') };
    try {
      await annotateModel(project, version, etag, written);
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== PRECONDITION_FAILED) throw error;
      setOvertaken(true);
      onChanged();
      throw new ApiError(error.status, 'It has changed since you looked. Save again to put yours in its place.');
    }
  }
  return (
    <section className="card" aria-labelledby="notes-heading">
      <header className="card-heading">
        <h2 id="notes-heading">Notes</h2>
        <ActionButton
          label="Edit notes and tags …"
          title={`Notes on ${version}`}
          onOpen={() => {
            setText(notes);
            setLabels(tags.join(' '));
            setOvertaken(false);
          }}
          consequence={
            <div className="settings-form">
              {overtaken && (
                <p>
                  There now: {notes === '' ? 'no notes' : `“${notes}”`},{' '}
                  {tags.length === 0 ? 'no tags' : tags.join(' ')}.
                </p>
              )}
              <label className="labelled">
                Notes
                <textarea rows={5} maxLength={5000} value={text} onChange={(event) => setText(event.target.value)} />
              </label>
              <TextField label="Tags, with spaces between them" value={labels} onText={setLabels} />
            </div>
          }
          confirm="Save"
          done="Saved."
          act={save}
          onDone={onChanged}
        />
      </header>
      {notes === '' ? <Empty>Nothing was noted.</Empty> : <p className="notes">{notes}</p>}
      {tags.length > 0 && (
        <ul className="tags" aria-label="Tags">
          {tags.map((tag) => (
            <li key={tag} className="badge" data-tone="calm">
              {tag}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
