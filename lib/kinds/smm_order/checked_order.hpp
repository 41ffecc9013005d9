// What is to be ordered, checked against what the panel offers at this moment. Pure.
#pragma once

#include "kinds/smm_order/settings.hpp"
#include "providers/capability.hpp"

#include <map>
#include <string>
#include <vector>

namespace ulak::kinds::smm {

struct checked_order {
    checked_order() = default;

    providers::panel_order order{};
    std::string name{};              ///< of the service
    money rate{};                    ///< per thousand, or of a package
    std::int64_t total_quantity = 0; ///< of all runs of a drip, or the lines that are paid; 0: nobody can tell
    money cost{};                    ///< the most that it may cost: by the type's arithmetic, else `max_cost`
};

/// The templates with the run's parameters. errc::validation: a parameter is missing, or a field is unusable.
result<providers::panel_order> render_order(const settings& s, const std::map<std::string, std::string>& params);

/// What the order is about: its link, or of a type without one the user name.
std::string subject_of(const providers::panel_order& order);

/// errc::validation says what does not fit: the service, its name, rate, type, fields or quantity. errc::budget: the
/// cost is beyond any amount that could be booked. errc::too_expensive: it is above `max_cost`.
result<checked_order> check_order(const settings& s, providers::panel_order order,
                                  const std::vector<providers::service>& offered);

} // namespace ulak::kinds::smm
