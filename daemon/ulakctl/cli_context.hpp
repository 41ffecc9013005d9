// What every command works with: the daemon, the form of the output, and where it goes.
#pragma once

#include "ulakctl/arguments.hpp"
#include "ulakctl/daemon_client.hpp"
#include "ulakctl/exit_codes.hpp"
#include "ulakctl/screen.hpp"

#include <boost/json/value.hpp>

#include <cstdio>
#include <string>
#include <string_view>

namespace ulak::ctl {

/// How a command shows its result.
struct output_options {
    std::string format = "table"; ///< table, json, csv, sarif
    bool quiet = false;           ///< the value alone: a code, a run's id, a balance
};

class cli_context {
  public:
    /// Writes to the standard streams.
    cli_context(daemon_client daemon_, output_options options)
        : cli_context(std::move(daemon_), std::move(options), detect_output(), stdout, stderr)
    {}
    /// Writes to other streams, which must outlive this object.
    cli_context(daemon_client daemon_, output_options options, const screen& out_, std::FILE* output, std::FILE* errors)
        : daemon(std::move(daemon_)), out(out_), options_(std::move(options)), output_(output), errors_(errors)
    {}

    daemon_client daemon;
    screen out;

    bool json() const noexcept { return options_.format == "json"; }
    bool sarif() const noexcept { return options_.format == "sarif"; } ///< of `check` alone
    bool csv() const noexcept { return options_.format == "csv"; }     ///< of recipients alone
    bool quiet() const noexcept { return options_.quiet; }

    /// Prints the error and what to do about it, on standard error; returns its exit code.
    int fail(const error& e) const;
    /// With -o json prints the value as it came and returns true: nothing more is to show.
    bool show_json(const boost::json::value& v) const;
    void print(std::string_view text) const; ///< on standard output
    void warn(std::string_view text) const;  ///< on standard error
    void flush() const;                      ///< for output that another program reads line by line

  private:
    output_options options_;
    std::FILE* output_;
    std::FILE* errors_;
};

/// An error of usage: the words of the command line do not fit together. Its exit code is 2.
error usage_error(std::string text);

} // namespace ulak::ctl
