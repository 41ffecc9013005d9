#include "ulakd/check.hpp"

#include "async/system_clock.hpp"
#include "core/text.hpp"
#include "http/client.hpp"
#include "job/examine.hpp"
#include "providers/account_factory.hpp"
#include "ulakd/codes.hpp"
#include "yaml/codes.hpp"
#include "yaml/node.hpp"
#include "yaml/problem_json.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <utility>

namespace ulak::daemon {

namespace fs = std::filesystem;

namespace {

/// Accounts that can be looked at and asked nothing.
class disconnected_client : public http::client {
  public:
    task<> send(const http::request&, const http::send_options&, std::optional<http::exchange>& out) override
    {
        out.emplace(error(errc::unsupported, "a check opens no connection"));
        co_return;
    }
};

/// Accounts as the loader sees them, with the loop and the clock that they are built on.
class offline_accounts {
  public:
    offline_accounts(const settings& s, yaml::problems& found)
    {
        for (const providers::account_settings& one : s.accounts) {
            auto made = providers::make_account(one, std::make_unique<disconnected_client>(), loop_.get_executor(), clock_);
            if (made)
                all_.emplace(one.name, std::move(*made));
            else
                found.push_back({{s.file, 0, 0}, yaml::severity::error, code::account, made.error().message, {}, {}});
        }
    }
    const providers::accounts& all() const { return all_; }

  private:
    boost::asio::io_context loop_{1};
    async::system_clock clock_{loop_.get_executor()};
    providers::accounts all_;
};

job::load_environment load_environment_of(const settings& s)
{
    job::load_environment around;
    around.zone = s.zone;
    for (const channel_settings& c : s.channels)
        around.channels.push_back(c.name);
    return around;
}

std::vector<std::string> job_files_in(const std::string& dir, yaml::problems& found)
{
    std::vector<std::string> files;
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(dir, problem))
        if (entry.path().extension() == ".yaml" && !entry.path().filename().string().starts_with('.'))
            files.push_back(entry.path().string());
    if (problem)
        found.push_back({{dir, 0, 0},
                         yaml::severity::error,
                         code::path,
                         "the jobs folder cannot be read: " + problem.message(),
                         {},
                         {}});
    std::sort(files.begin(), files.end());
    return files;
}

using position = std::pair<std::size_t, std::size_t>;

/// Where single values stand: what is wrong with the meaning of one that is written is true whatever else is wrong.
void collect_value_positions(const yaml::node& at, std::set<position>& all)
{
    if (at.node_kind == yaml::node::kind::scalar)
        all.emplace(at.line, at.column);
    for (const yaml::node& item : at.items)
        collect_value_positions(item, all);
    for (const auto& [key, value] : at.members)
        collect_value_positions(value, all);
}

/// The value in which a mistake of its template stands.
position value_containing(const std::set<position>& values, const yaml::place& mistake)
{
    const auto behind = values.upper_bound({mistake.line, mistake.column});
    return behind == values.begin() ? position() : *std::prev(behind);
}

/// In a file with errors the kind sees defaults in their places. What it says about anything but a sound value that is
/// written may come of that, and is left out.
yaml::problems problems_of_sound_values(yaml::problems of_kind, const yaml::node& root, const yaml::problems& errors)
{
    std::set<position> values;
    collect_value_positions(root, values);
    auto sound = values;
    for (const yaml::problem& p : errors)
        sound.erase(p.code == yaml::codes::template_syntax ? value_containing(values, p.at) : position(p.at.line, p.at.column));
    std::erase_if(of_kind, [&](const yaml::problem& p) { return !sound.contains({p.at.line, p.at.column}); });
    return of_kind;
}

/// Without `context` only what the file itself shows is judged: where ulak.yaml has errors, every account would seem
/// wrong.
void check_job(const std::string& path, const std::vector<job::kind_definition>& tables, const job::load_environment& around,
               const kinds::load_context* context, yaml::problems& found)
{
    yaml::problems own;
    auto text = yaml::read_file(path, own);
    if (text) {
        auto decoded = job::decode_leniently(std::move(*text), path, tables, around, own);
        const kinds::kind* k = decoded ? kinds::find_kind(decoded->kind) : nullptr;
        yaml::problems of_kind;
        if (k && context)
            k->prepare(*decoded, *context, of_kind);
        if (decoded && yaml::has_errors(own))
            of_kind = problems_of_sound_values(std::move(of_kind), decoded->kind_keys->root_node(), own);
        own.insert(own.end(), std::make_move_iterator(of_kind.begin()), std::make_move_iterator(of_kind.end()));
    }
    found.insert(found.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
}

/// As a person who stands in this folder would name it.
std::string display_path(const std::string& file)
{
    std::error_code problem;
    const fs::path near = fs::proximate(file, problem);
    return problem || near.empty() || *near.begin() == ".." ? file : near.string();
}

} // namespace

check_report check_files(const std::string& config, const std::vector<std::string>& job_files,
                         bool allow_literal_secrets)
{
    check_report report;
    const settings loaded = read_settings(config, allow_literal_secrets, report.problems);
    const bool sound = !yaml::has_errors(report.problems);
    const offline_accounts accounts(loaded, report.problems);
    const job::load_environment around = load_environment_of(loaded);
    const kinds::load_context context{accounts.all(), loaded.config_dir, loaded.zone};
    const auto tables = kinds::kind_tables();
    // Without ulak.yaml nobody knows where its jobs are.
    const bool listed = job_files.empty() && !loaded.jobs_dir.empty();
    const auto files = listed ? job_files_in(loaded.jobs_dir, report.problems) : job_files;
    for (const std::string& path : files)
        check_job(path, tables, around, sound ? &context : nullptr, report.problems);
    report.jobs = files.size();
    for (yaml::problem& p : report.problems)
        p.at.file = display_path(p.at.file);
    yaml::sort(report.problems);
    return report;
}

std::string check_text(const check_report& report, bool colour)
{
    std::string text;
    for (const yaml::problem& p : report.problems)
        text += yaml::to_text(p, colour);
    const auto errors = std::count_if(report.problems.begin(), report.problems.end(),
                                      [](const yaml::problem& p) { return p.level == yaml::severity::error; });
    if (errors == 0)
        return text + "no problems in the configuration and " + counted(report.jobs, "job") + "\n";
    return text + counted(static_cast<std::size_t>(errors), "error") + "\n";
}

std::string check_json(const check_report& report)
{
    boost::json::array problems;
    for (const yaml::problem& p : report.problems)
        problems.push_back(yaml::to_json_with_line(p));
    boost::json::object all;
    all["problems"] = std::move(problems);
    all["jobs"] = report.jobs;
    return boost::json::serialize(all) + "\n";
}

} // namespace ulak::daemon
