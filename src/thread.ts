import { searchComponents } from './threads/search-components.ts';
import { ownChannel } from './threads/start-thread.ts';

// The file of a search's threads. It is started by the package itself and offers nothing to import.
searchComponents(ownChannel());
