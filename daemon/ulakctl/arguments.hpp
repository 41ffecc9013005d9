// Everything that a command line may say.
#pragma once

#include <string>
#include <vector>

namespace ulak::ctl {

/// One struct for all commands; each reads its share. What was not given is empty, 0 or false.
struct arguments {
    std::vector<std::string> names{}; ///< positional
    std::vector<std::string> params{};
    std::string account{}, service{}, network{}, max_price{};
    std::string wait{}, key{}, from{}, state{}, job{}, run{}, by = "job", reason{}, only{}, of{},
                                                              config = "/etc/ulak/ulak.yaml";
    int count = 0;
    long long after = 0;
    bool follow = false, items = false, dry_run = false, all = false, literal_secrets = false;
    bool simulated = false, offline = false;
};

} // namespace ulak::ctl
