/// What a query leaves in the store while it runs in stages, so that another process can go on with
/// it: its plan, and of each stage that ended what its tasks gave. The doors are [StageJournal] and
/// [PlanFile].
///
/// Knows how stages are written down, and nothing of how they run.
@NullMarked
package io.frazil.session.journal;

import org.jspecify.annotations.NullMarked;
