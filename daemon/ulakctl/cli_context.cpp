#include "ulakctl/cli_context.hpp"

#include "ulakctl/socket_rights.hpp"

#include <boost/json/serialize.hpp>

namespace ulak::ctl {

int cli_context::fail(const error& e) const
{
    if (e.code == errc::forbidden && e.http_status == 0)
        warn("ulakctl: " + e.message + ": permission denied" + socket_rights(daemon.socket()) + "\n");
    else if (e.code == errc::connect_failed && is_no_socket(daemon.socket()))
        warn("ulakctl: " + daemon.socket() + " is no socket\n  name ulakd's: --socket PATH or $ULAK_SOCKET\n");
    else if (e.code == errc::connect_failed)
        warn("ulakctl: no daemon answers at " + daemon.socket() +
             "\n  start it with: systemctl start ulakd\n  or name its socket: --socket PATH or $ULAK_SOCKET\n");
    else
        warn("ulakctl: " + e.message + "\n");
    return error_exit_code(e);
}

bool cli_context::show_json(const boost::json::value& v) const
{
    if (json())
        print(boost::json::serialize(v) + "\n");
    return json();
}

void cli_context::print(std::string_view text) const
{
    std::fwrite(text.data(), 1, text.size(), output_);
}

void cli_context::warn(std::string_view text) const
{
    std::fwrite(text.data(), 1, text.size(), errors_);
}

void cli_context::flush() const
{
    std::fflush(output_);
}

error usage_error(std::string text)
{
    error e(errc::invalid_argument, std::move(text));
    e.http_status = 400;
    return e;
}

} // namespace ulak::ctl
