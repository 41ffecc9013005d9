#include "kinds/smm_order/declaration.hpp"

#include "kinds/smm_order/settings.hpp"

namespace ulak::kinds::smm {

kind declaration()
{
    kind k;
    k.definition = table();
    k.prepare = &prepare;
    k.keeps_progress = true; // a later order for the same link asks for it
    return k;
}

} // namespace ulak::kinds::smm
