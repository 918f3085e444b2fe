import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** What a person filters by in the Temporal Web UI. Registered on the server before the first workflow starts. */
export const projectAttribute = defineSearchAttributeKey('IncumbentProject', SearchAttributeType.KEYWORD);
export const modelVersionAttribute = defineSearchAttributeKey('IncumbentModelVersion', SearchAttributeType.KEYWORD);
export const verdictAttribute = defineSearchAttributeKey('IncumbentVerdict', SearchAttributeType.KEYWORD);
