#include "ulakctl/upkeep_commands.hpp"

#include "ulakctl/cells.hpp"
#include "ulakctl/query.hpp"

#include <chrono>
#include <filesystem>

namespace ulak::ctl {

namespace json = boost::json;

namespace {

/// A store of many GiB is read to its end.
constexpr std::chrono::hours longest_upkeep(6);

} // namespace

int make_backup(cli_context& s, const arguments& a)
{
    std::error_code no_folder; // of a working folder that is gone; the daemon then says that the path is not absolute
    const auto file = std::filesystem::absolute(a.names.front(), no_folder).lexically_normal().string();
    auto got = s.daemon.post("/v1/backup", json::object{{"file", file}}, {}, longest_upkeep);
    if (!got)
        return s.fail(got.error());
    if (s.show_json(*got))
        return exit_ok;
    const json::object& o = got->get_object();
    s.print(s.quiet() ? cell(o, "file") + "\n"
                      : cell(o, "file") + " holds the whole store, " + cell(o, "bytes") +
                            " bytes, and was checked; it is as secret as the store itself\n");
    return exit_ok;
}

int verify_store(cli_context& s, const arguments&)
{
    auto got = s.daemon.post("/v1/verify", json::object(), {}, longest_upkeep);
    if (!got)
        return s.fail(got.error());
    const json::object& o = got->get_object();
    const bool sound = o.at("sound").get_bool();
    if (!s.show_json(*got) && !s.quiet())
        s.print(sound ? "the store is sound, and its totals agree with their rows\n"
                      : paint(s.out, tone::bad, "the store is not sound: " + cell(o, "found")) + "\n");
    return sound ? exit_ok : exit_run_failed;
}

int test_channel(cli_context& s, const arguments& a)
{
    if (a.names.front() != "test")
        return s.fail(usage_error("channel takes: test NAME"));
    auto got = s.daemon.post("/v1/channels/" + path_segment(a.names.back()) + "/test", json::object());
    if (!got)
        return s.fail(got.error());
    if (!s.show_json(*got) && !s.quiet())
        s.print(cell(got->get_object(), "channel") + ": " + cell(got->get_object(), "result") + "\n");
    return exit_ok;
}

} // namespace ulak::ctl
