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

/// Of all runs of an order together, far above what any panel sells: what is more is a slip.
inline constexpr std::int64_t max_quantity = 1'000'000'000;
inline constexpr std::int64_t max_drip_runs = 10'000;
/// Of a list under `extra`, such as comments, and of any field there: a form of all of them stays sendable.
inline constexpr std::size_t max_extra_lines = 10'000, max_extra_bytes = 256 * 1024;

/// What happens while another run follows an order for the same link.
enum class same_link { refuse, queue, allow };

struct settings {
    std::string account{};
    job::text_template service{}, link{}, quantity{};
    std::optional<std::int64_t> drip_runs{}, drip_minutes{};
    std::string expect_name{};          ///< of the service; empty: any
    std::optional<money> expect_rate{}; ///< per thousand, at most
    std::optional<money> max_cost{};    ///< of all runs of a drip together
    same_link on_same_link = same_link::refuse;
    follow_rules tracking{};
    std::map<std::string, std::string> extra{};         ///< further fields, as the panel names them
    std::map<std::string, job::text_template> fields{}; ///< those with keys of their own that may hold parameters
};

job::kind_definition table();

/// nullptr when the file has an error; `found` says which.
std::shared_ptr<const prepared_job> prepare(const job::document& file, const load_context& around,
                                            yaml::problems& found);

/// A whole number from 1 to `max_quantity`, with blanks around it. errc::validation.
result<std::int64_t> parse_quantity(std::string_view text);
/// Of all runs of a drip together. errc::validation: more than `max_quantity`.
result<std::int64_t> total_quantity(std::int64_t quantity, std::optional<std::int64_t> drip_runs);

/// "0.95 USD/1000" or "0.95 USD": an amount per thousand. errc::invalid_argument.
result<money> parse_rate(std::string_view text);

} // namespace ulak::kinds::smm
