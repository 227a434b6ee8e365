import { z } from 'zod';
import { documentation } from './common.ts';
import { programSchema } from './program.ts';

/** Identifies version 1 of the program document. */
const SCHEMA_ID = 'urn:iop-scheduler:program:1';

/**
 * JSON Schema (draft 2020-12) of the input document. It says what `Program` says, with limits and patterns; that dates and zones
 * exist, that references lead somewhere, and all else that `parseProgram` checks across keys, it cannot say.
 */
export function programJsonSchema(): object {
  const schema = z.toJSONSchema(programSchema, { io: 'input', target: 'draft-2020-12', metadata: documentation });
  return { $schema: schema.$schema, $id: SCHEMA_ID, ...schema };
}
