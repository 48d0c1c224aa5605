// Ids: UUIDv7 (RFC 9562), so that they sort by the time they were made.
import { v7 } from 'uuid';

export const newId = (): string => v7();
