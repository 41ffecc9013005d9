// What the kinds share while they check a job file.
#pragma once

#include "job/text_template.hpp"
#include "kinds/codes.hpp"
#include "kinds/kind.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ulak::kinds {

/// Checks one job file. Collects problems and knows whether one of them is an error. The file, the context and the
/// problems must outlive it.
class checker {
  public:
    checker(const job::document& file, const load_context& context, yaml::problems& found)
        : file_(file), context_(context), problems_(found)
    {}

    const load_context& context() const noexcept { return context_; }
    const job::document& file() const noexcept { return file_; }
    bool failed() const noexcept { return failed_; }

    /// At the value of `key`, or at a place.
    void error(const yaml::reader& at, std::string_view key, codes::code code, std::string text, std::string hint = {});
    void error_at(const yaml::reader& in, yaml::place where, codes::code code, std::string text, std::string hint = {});
    void warning(const yaml::reader& at, std::string_view key, codes::code code, std::string text,
                 std::string hint = {});

    /// The account that a key names. nullptr, with an error: there is none.
    std::shared_ptr<providers::account> account(const yaml::reader& at, std::string_view key);
    /// An error unless the amount is in the unit in which the account is paid. A panel states its currency only when it
    /// is asked, so any unit will do there.
    void check_unit(const yaml::reader& at, std::string_view key, const money& amount,
                    const providers::account& account);
    /// An error unless the job's budget is in the unit in which the account is paid.
    void check_budget(const providers::account& account);

    /// The record `poll` of `in`: the first wait between two polls and the longest, which is not shorter.
    std::pair<std::chrono::milliseconds, std::chrono::milliseconds> poll_intervals(const yaml::reader& in);

    /// A template whose names are parameters or among `further`. With an error: an empty template.
    job::text_template text(const yaml::reader& at, std::string_view key, const std::vector<std::string>& further = {},
                            job::letters letters = job::letters::ascii);
    std::vector<std::string> parameter_names() const;

  private:
    void add(yaml::problem p, yaml::severity how);

    const job::document& file_;
    const load_context& context_;
    yaml::problems& problems_;
    bool failed_ = false;
};

/// The template with the run's parameters. errc::validation names a parameter that is missing.
result<std::string> render(const job::text_template& t, const std::map<std::string, std::string>& params);

/// {"amount","unit"} with nulls for an unknown price.
boost::json::object json_of(const std::optional<money>& m);

} // namespace ulak::kinds
