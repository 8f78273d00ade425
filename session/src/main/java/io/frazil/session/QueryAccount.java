package io.frazil.session;

import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Ledger;
import io.frazil.session.statistics.QueryStatistics;

/// What a query took until it was stopped, and what it had been predicted to take.
public record QueryAccount(QueryStatistics statistics, Estimate estimate, Ledger ledger) {}
