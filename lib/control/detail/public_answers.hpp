// What of each answer those may see who only look, as lists of keys. A key that stands in none is hidden.
#pragma once

#include "control/detail/shown_field.hpp"

namespace ulak::control::public_answers {

using enum visibility;

inline constexpr shown_field money[] = {{"amount"}, {"unit", unit}};

/// Words of providers (messages, ids, statuses) and of people (parameters, texts) are in none of these.
inline constexpr shown_field error[] = {{"code"}};
inline constexpr shown_field queue[] = {{"recipients", figures}};
inline constexpr shown_field watched[] = {{"account", text}, {"balance"}, {"unit", unit}, {"state"}};
inline constexpr shown_field result[] = {{"account", text},
                                         {"accounts", fields, watched},
                                         {"charge"},
                                         {"currency", unit},
                                         {"late"},
                                         {"number", phone},
                                         {"price"},
                                         {"queues", fields, queue},
                                         {"remains", figures}};
inline constexpr shown_field waits[] = {{"for"}, {"until"}};
inline constexpr shown_field run[] = {{"id"},
                                      {"job", text},
                                      {"kind", text},
                                      {"state"},
                                      {"trigger", text},
                                      {"started_at"},
                                      {"finished_at"},
                                      {"created_at"},
                                      {"due_at"},
                                      {"waits", fields, waits},
                                      {"only"},
                                      {"of"},
                                      {"params", names},
                                      {"counts", figures},
                                      {"result", fields, result},
                                      {"error", fields, error},
                                      {"spent", fields, money}};
inline constexpr shown_field runs[] = {{"runs", fields, run}};

inline constexpr shown_field item[] = {{"position"}, {"phone", phone}, {"state"}, {"segments"}, {"line"}, {"column"}};
inline constexpr shown_field items[] = {{"items", fields, item}};

inline constexpr shown_field effect[] = {{"id"},
                                         {"step", text},
                                         {"attempt"},
                                         {"operation", text},
                                         {"account", text},
                                         {"provider", text},
                                         {"state"},
                                         {"expected", fields, money},
                                         {"charged", fields, money},
                                         {"refunded", fields, money},
                                         {"intended_at"},
                                         {"settled_at"}};
inline constexpr shown_field effects[] = {{"effects", fields, effect}};

inline constexpr shown_field entry[] = {
    {"id"}, {"run"},     {"job", text},   {"account", text}, {"kind", text}, {"amount", fields, money},
    {"at"}, {"outcome"}, {"resolved_by"}, {"resolved_at"}};
inline constexpr shown_field attention[] = {{"attention", fields, entry}};

inline constexpr shown_field parameter[] = {{"name", text}, {"type"}, {"required"}};
inline constexpr shown_field problem[] = {{"file", text}, {"line"}, {"column"}, {"severity"}, {"code"}};
inline constexpr shown_field job[] = {{"name", text},
                                      {"kind", text},
                                      {"file", text},
                                      {"enabled"},
                                      {"paused"},
                                      {"broken"},
                                      {"schedule", text},
                                      {"next"},
                                      {"next_local"},
                                      {"running"},
                                      {"last_run"},
                                      {"params", fields, parameter},
                                      {"problems", fields, problem}};
inline constexpr shown_field jobs[] = {{"jobs", fields, job}};

inline constexpr shown_field firing[] = {{"job", text}, {"at"}, {"local"}, {"reason", text}};
inline constexpr shown_field firings[] = {{"firings", fields, firing}, {"missed", fields, firing}, {"note", text}};

inline constexpr shown_field account[] = {
    {"account", text}, {"provider", text}, {"can"},        {"shared"}, {"state"},
    {"since"},         {"balance"},        {"unit", unit}, {"at"},     {"per_hour"}};
inline constexpr shown_field accounts[] = {{"accounts", fields, account}};

inline constexpr shown_field store[] = {{"state"}, {"reason", text}};
inline constexpr shown_field clock[] = {{"state"}, {"reason", text}, {"synchronised"}};
inline constexpr shown_field waiting_run[] = {{"run"}, {"job", text}, {"for"}, {"until"}};
inline constexpr shown_field status[] = {{"status"},
                                         {"version"},
                                         {"started_at"},
                                         {"uptime"},
                                         {"metrics"},
                                         {"stopping"},
                                         {"store", fields, store},
                                         {"clock", fields, clock},
                                         {"running"},
                                         {"jobs", figures},
                                         {"next", fields, firing},
                                         {"accounts", fields, account},
                                         {"attention"},
                                         {"waiting", fields, waiting_run}};

inline constexpr shown_field suppression[] = {{"phone", phone}, {"at"}};
inline constexpr shown_field suppressions[] = {{"suppressions", fields, suppression}};

inline constexpr shown_field spend_row[] = {
    {"job", text}, {"account", text}, {"day"}, {"spent", fields, money}, {"open", fields, money}, {"effects"}};
inline constexpr shown_field spend[] = {{"spend", fields, spend_row}};

/// The routes themselves.
inline constexpr shown_field index_row[] = {{"method"}, {"path"}, {"help"}};
inline constexpr shown_field index[] = {{"routes", fields, index_row}};

inline constexpr shown_field openapi[] = {
    {"openapi", whole}, {"info", whole}, {"servers", whole}, {"paths", whole}, {"components", whole}};

/// What is the same on every machine: the schemas know neither this daemon's jobs nor its accounts.
inline constexpr shown_field schema[] = {
    {"$schema", whole},     {"$id", whole},      {"title", whole},      {"description", whole},
    {"type", whole},        {"required", whole}, {"properties", whole}, {"additionalProperties", whole},
    {"definitions", whole}, {"allOf", whole},    {"oneOf", whole}};

/// A line of the feed: the event's own fields stand beside the common ones. The message is words.
inline constexpr shown_field event[] = {{"seq"},
                                        {"time"},
                                        {"level"},
                                        {"event"},
                                        {"job", text},
                                        {"run"},
                                        {"kind", text},
                                        {"account", text},
                                        {"provider", text},
                                        {"accounts", figures},
                                        {"amount", fields, money},
                                        {"attempt"},
                                        {"attempts"},
                                        {"attention"},
                                        {"balance", fields, money},
                                        {"budget", fields, money},
                                        {"by", text},
                                        {"call", text},
                                        {"channel", text},
                                        {"charge"},
                                        {"cost", fields, money},
                                        {"currency", unit},
                                        {"delivered", figures},
                                        {"dropped", figures},
                                        {"due"},
                                        {"effect"},
                                        {"error", fields, error},
                                        {"expected", fields, money},
                                        {"file", text},
                                        {"given_up"},
                                        {"jobs", figures},
                                        {"late"},
                                        {"length", figures},
                                        {"metrics"},
                                        {"moment", text},
                                        {"next_at"},
                                        {"notice"},
                                        {"number", phone},
                                        {"operation", text},
                                        {"outcome", text},
                                        {"pid", figures},
                                        {"price", fields, money},
                                        {"problems", fields, problem},
                                        {"quantity", figures},
                                        {"recipients", figures},
                                        {"remains", figures},
                                        {"reminder"},
                                        {"removed"},
                                        {"schedule", text},
                                        {"seen"},
                                        {"segments", figures},
                                        {"state", text},
                                        {"status", figures},
                                        {"step", text},
                                        {"trigger", text},
                                        {"uid", figures},
                                        {"undelivered", figures},
                                        {"version"},
                                        {"waiting", figures},
                                        {"why", text}};

} // namespace ulak::control::public_answers
