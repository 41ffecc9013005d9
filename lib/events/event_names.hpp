// The names of events: stable, part of the outer contract.
#pragma once

namespace ulak::events {

inline constexpr char daemon_started[] = "daemon.started";
inline constexpr char daemon_stopping[] = "daemon.stopping";
inline constexpr char config_loaded[] = "config.loaded";
inline constexpr char config_rejected[] = "config.rejected";
inline constexpr char schedule_fired[] = "schedule.fired";
inline constexpr char schedule_missed[] = "schedule.missed";
inline constexpr char run_started[] = "run.started";
inline constexpr char run_finished[] = "run.finished";
inline constexpr char list_reached[] = "list.reached"; ///< most of a list were reached by the job's last run
inline constexpr char run_paused[] = "run.paused";     ///< it waits for its window, or a person holds it
inline constexpr char run_resumed[] = "run.resumed";   ///< it goes on
inline constexpr char effect_intended[] = "effect.intended";
inline constexpr char effect_settled[] = "effect.settled";
inline constexpr char effect_ambiguous[] = "effect.ambiguous";
inline constexpr char effect_reconciled[] = "effect.reconciled";
inline constexpr char number_ordered[] = "number.ordered";
inline constexpr char number_code[] = "number.code";
inline constexpr char number_cancelled[] = "number.cancelled";
inline constexpr char number_refund_missing[] = "number.refund-missing";
inline constexpr char send_accepted[] = "send.accepted";
inline constexpr char send_report[] = "send.report";
inline constexpr char balance_read[] = "balance.read";
inline constexpr char balance_firing[] = "balance.firing";
inline constexpr char balance_cleared[] = "balance.cleared";
inline constexpr char balance_unreadable[] = "balance.unreadable";
inline constexpr char order_placed[] = "order.placed";
inline constexpr char order_status[] = "order.status";
inline constexpr char attention_raised[] = "attention.raised";
inline constexpr char attention_resolved[] = "attention.resolved";
inline constexpr char budget_hit[] = "budget.hit";
inline constexpr char notify_sent[] = "notify.sent";
inline constexpr char notify_failed[] = "notify.failed";
inline constexpr char provider_error[] = "provider.error";
inline constexpr char account_failing[] = "account.failing";     ///< no sound answer for several calls in a row
inline constexpr char account_recovered[] = "account.recovered"; ///< it answers again
inline constexpr char account_suspended[] = "account.suspended"; ///< its login was refused several times in a row
inline constexpr char account_resumed[] = "account.resumed";     ///< a suspended one is used again
inline constexpr char store_created[] = "store.created";         ///< the first store of a folder was made
inline constexpr char account_adopted[] = "account.adopted";     ///< a person says it is the wallet that it was
inline constexpr char store_held[] = "store.held";               ///< the state folder is a copy or was put back
inline constexpr char store_adopted[] = "store.adopted";         ///< a person took it for the daemon's own
inline constexpr char store_blocked[] = "store.blocked";         ///< the disk refuses; nothing costly is sent
inline constexpr char store_resumed[] = "store.resumed";         ///< it takes what is written again
inline constexpr char clock_jumped[] = "clock.jumped";           ///< schedules, purges and what costs wait
inline constexpr char clock_trusted[] = "clock.trusted";         ///< they go on
inline constexpr char control_command[] = "control.command";     ///< a request that changed something, with its caller
inline constexpr char log_dropped[] = "log.dropped";             ///< lines that a slow reader of the log did not take

} // namespace ulak::events
