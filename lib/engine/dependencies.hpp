// What the engine is built from, and what a reload replaces.
#pragma once

#include "async/clock.hpp"
#include "engine/channel.hpp"
#include "kinds/kind.hpp"
#include "kinds/registry.hpp"
#include "ledger/recorder.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>

namespace ulak::engine {

/// How long what is not needed any more is kept.
struct retention {
    std::chrono::milliseconds runs = std::chrono::hours(90 * 24);
    std::chrono::milliseconds items = std::chrono::hours(30 * 24);
    std::chrono::milliseconds codes = std::chrono::minutes(10);
};

/// What codes that no job file asks for may cost, see `otp_by_hand`. Without a word in ulak.yaml it is little, since
/// nobody has set a budget.
struct otp_limits {
    money max_price{decimal::from_integer(50), "TRY"}; ///< of one number
    money day{decimal::from_integer(500), "TRY"};      ///< of all of them in a day, over all accounts

    bool operator==(const otp_limits&) const = default;
};

/// References outlive the engine.
struct dependencies {
    executor ex;
    async::clock& time;
    ledger::recorder& recorder;
    std::shared_ptr<const providers::accounts> accounts;
    channels notify;
    std::string jobs_dir, config_dir;
    time_zone zone;
    retention retention_periods;
    std::span<const kinds::kind> known_kinds = kinds::kinds(); ///< tests give their own
    bool schedules_enabled = true;                             ///< false: schedules rest, runs start on demand alone
    otp_limits otp{};
};

/// What a running engine takes over from a changed ulak.yaml.
struct configuration {
    configuration(std::shared_ptr<const providers::accounts> accounts_, channels notify_, retention keep_,
                  otp_limits otp_ = {})
        : accounts(std::move(accounts_)), notify(std::move(notify_)), retention_periods(keep_), otp(std::move(otp_))
    {}
    std::shared_ptr<const providers::accounts> accounts;
    channels notify;
    retention retention_periods;
    otp_limits otp;
};

/// By account, why it cannot be exchanged now: "run 01J… of job otp is under way".
using account_uses = std::map<std::string, std::string>;

} // namespace ulak::engine
