// `smm.order` as a file states it: the keys, their checks, and the typed settings of a job.
#pragma once

#include "kinds/kind.hpp"
#include "kinds/smm_order/panel_machine.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace ulak::kinds::smm {

/// What happens while another run follows an order for the same link.
enum class same_link { refuse, queue, allow };

struct settings {
    std::string account{};
    job::text_template service{}, link{}, quantity{};
    std::optional<std::int64_t> drip_runs{}, drip_minutes{};
    std::string expect_name{};            ///< of the service; empty: any
    std::optional<decimal> expect_rate{}; ///< per thousand, at most
    same_link on_same_link = same_link::refuse;
    follow_rules tracking{};
    std::map<std::string, std::string> extra{}; ///< further fields, as the panel names them
};

job::kind_definition table();

/// nullptr when the file has an error; `found` says which.
std::shared_ptr<const prepared_job> prepare(const job::document& file, const load_context& around,
                                            yaml::problems& found);

/// "0.95 USD/1000" or "0.95 USD": an amount per thousand. errc::invalid_argument.
result<money> parse_rate(std::string_view text);

} // namespace ulak::kinds::smm
