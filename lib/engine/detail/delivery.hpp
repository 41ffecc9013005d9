// One attempt to hand a notice to its channel. Private to this folder.
#pragma once

#include "engine/detail/shared_state.hpp"

#include <boost/json/object.hpp>

#include <memory>
#include <string>

namespace ulak::engine {

/// A notice with its body read. A body that cannot be read gives empty fields.
struct parsed_notice {
    explicit parsed_notice(ledger::notice_record n);

    std::string
    field(std::string_view name) const; ///< of the body, else of its "data"; texts as they are, other values as JSON
    ledger::notice_record notice;
    boost::json::object body{};
};

/// What became of an attempt. `retry` false with `why`: no further attempt may be made.
struct attempt {
    attempt() = default;
    attempt(error why_, bool retry_) : failure(std::move(why_)), retry(retry_) {}

    std::optional<error> failure{}; ///< nothing: it is there
    bool retry = true;
};

task<attempt> deliver_to_webhook(shared_state& c, webhook& way, const parsed_notice& what);
/// Finished after 30 s at the latest; the program and its children are killed then.
task<attempt> deliver_to_program(shared_state& c, const program& way, const parsed_notice& what);
/// Through kinds/effect, as a step of the notice's run.
task<attempt> deliver_by_sms(shared_state& c, const sms_channel& way, const parsed_notice& what);

} // namespace ulak::engine
