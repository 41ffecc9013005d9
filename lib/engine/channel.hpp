// Where notices go.
#pragma once

#include "core/phone.hpp"
#include "core/secret.hpp"
#include "http/client.hpp"

#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace ulak::engine {

/// POST of the notice's body, signed with X-Ulak-Signature: sha256=HEX where `sign` is given.
struct webhook {
    std::string target; ///< path and query below the client's origin
    std::shared_ptr<http::client> client;
    secret signing_key{};
};
/// The notice's text as an informational SMS. It costs, so it is a purchase of the notice's run.
struct sms_channel {
    std::string account, sender;
    std::vector<phone> recipients;
};
/// The notice's body on standard input of a program, without a shell. Ends after 30 s. The arguments are templates over
/// the body's fields (${job}, ${event}, ${text} …) and those of its `data`; the program itself is not.
struct program {
    std::vector<std::string> arguments;
};

struct channel {
    std::string name;
    std::variant<webhook, sms_channel, program> destination;
};

using channels = std::map<std::string, channel>;

} // namespace ulak::engine
