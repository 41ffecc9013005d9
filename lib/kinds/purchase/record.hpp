// What one purchase is about and how far it got. Passed from stage to stage; the changes are derived from it.
#pragma once

#include "async/semaphore.hpp"
#include "core/money.hpp"
#include "kinds/purchase/last_look.hpp"
#include "kinds/run_context.hpp"
#include "providers/outcome.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace ulak::kinds {

/// The operation of every call that sends SMS, of a job or of a notice.
inline constexpr char sms_operation[] = "sms.send";

/// What is about to be bought.
struct purchase_request {
    purchase_request(std::string step_, std::shared_ptr<providers::account> account_, std::string operation_,
                     money expected_)
        : step(std::move(step_)),
          account(std::move(account_)),
          operation(std::move(operation_)),
          expected(std::move(expected_))
    {}

    std::string step; ///< within the run; at most one effect of a step takes place
    std::shared_ptr<providers::account> account;
    std::string operation; ///< "sms.send", "number.order", "panel.add"
    money expected;
    bool one_at_a_time = false; ///< refused while another purchase of this operation in this run is open
    std::string digest{};       ///< of what is asked for, without secrets
    int attempt =
        0; ///< 0: found in the store. Else the caller knows that it is free (a bulk send has thousands of steps)
    std::optional<message_rules> messages{}; ///< whom it reaches; an "sms.send" is not booked without
    call_owner owner = call_owner::run;
};

/// A purchase that came to an outcome.
struct settlement {
    effect_id id;
    providers::classification classified_as;
    std::optional<error> failure;
    std::string evidence;
    bool refused_by_gate = false; ///< what rules calls was against it at the last moment (`last_look`, the day)
};

/// One purchase between its reservation and its settlement.
struct purchase_record {
    purchase_record(run_context& context_, purchase_request request_, async::permit permit_)
        : context(context_), request(std::move(request_)), permit(std::move(permit_))
    {}

    run_context& context;
    purchase_request request;
    std::optional<async::permit> permit;
    effect_id id{};
    int attempt = 0;
    wall_point booked_at{};
    bool dispatched = false;      ///< the gate committed it
    bool refused_by_gate = false; ///< the gate was asked, and said no
};

} // namespace ulak::kinds
