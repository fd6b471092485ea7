"""Faults that show only against what else is defined."""

REFERENCE_SAYINGS: dict[str, tuple[str, str]] = {
    "unknown_source": (
        "来源“{code}”不在本包的 sources.yaml 中，这一项没有依据。请登记来源或改正编号。",
        "The source “{code}” is not in this pack's sources.yaml, so nothing bears this out."
        " List the source or correct the id.",
    ),
    "ours_without_note": (
        "此值是我们自定的（source: ours），但没有说明理由。请在 note 中写明为什么取这个值。",
        "This value is our own choice (source: ours) and gives no reason. Say in `note` why it"
        " was chosen.",
    ),
    "unknown_matter": (
        "事项“{code}”不在本包及其所依赖的包中。请核对编号，或先把事项写入 matters.yaml。",
        "The matter “{code}” is in neither this pack nor those it requires. Check the code, or"
        " put the matter into matters.yaml first.",
    ),
    "unknown_standard": (
        "没有哪个包提供标准“{code}”，这个事项无法办理。请核对编号，或先发布含该标准的包。",
        "No pack supplies the standard “{code}”, so the matter could not be worked. Check the"
        " code, or publish the pack that holds it first.",
    ),
    "unknown_clock": (
        "标准“{standard}”没有时限档“{code}”，时限无法计算。请选用：{choices}。",
        "The standard “{standard}” has no clock class “{code}”, so no limit could be counted."
        " Use one of: {choices}.",
    ),
    "clock_without_standard": (
        "事项写了时限档“{code}”，却没有标准，时限档无从解释。请补上 standard。",
        "The matter names the clock class “{code}” and no standard that explains it. Add"
        " `standard`.",
    ),
    "unknown_pack": (
        "所依赖的包“{code}”既不在旁边的文件夹里，也没有发布。请先放入或发布它。",
        "The required pack “{code}” is neither beside this one nor published. Put it there or"
        " publish it first.",
    ),
    "unknown_field": (
        "表单字段“{code}”没有在 fields 中定义，页面不知如何显示。请定义它或改正编号。",
        "The form field “{code}” is not defined under `fields`, so no page could show it."
        " Define it or correct the code.",
    ),
    "required_not_published": (
        "所依赖的包“{code}”还没有发布，其中的事项查不到。请先发布它。",
        "The required pack “{code}” has not been published, so what it defines cannot be found."
        " Publish it first.",
    ),
    "version_stands": (
        "标准包“{code}”的版本 {version} 已发布，内容不同；已发布的不能改。请在这里提高版本号。",
        "Version {version} of “{code}” is published with other content, and what is published"
        " stays. Raise the version number here.",
    ),
    "standard_stands": (
        "标准“{code}”的版本 {version} 已发布，内容不同；在办的工单正按它办理，不能改。"
        "请在这里提高标准的版本号。",
        "Version {version} of the standard “{code}” is published with other content, and cases"
        " run under it. Raise the standard's version number here.",
    ),
    "version_lower": (
        "版本 {version} 低于生效中的 {current}，旧的不能盖过新的。请提高版本号。",
        "Version {version} is lower than {current}, which is in force; the old cannot replace the"
        " new. Raise the version number.",
    ),
    "standard_in_use": (
        "标准“{code}”已从本包移除，但标准包“{pack}”的事项还在用它。请先改那个包，或保留标准。",
        "The standard “{code}” is gone from this pack while matters of the pack “{pack}” name it."
        " Change that pack first, or keep the standard.",
    ),
    "taken": (
        "“{code}”已由标准包“{pack}”发布，两个包不能各说各的。请另取编号或改那个包。",
        "“{code}” is already published by the pack “{pack}”, and two packs cannot both define"
        " it. Choose another code or change that pack.",
    ),
    "duplicate_code": (
        "“{code}”出现两次（前一次在 {first}），引用时分不清。请改掉其中一个。",
        "“{code}” occurs twice (first at {first}), so a reference could mean either. Rename one.",
    ),
    "child_code": (
        "下级事项的编号“{code}”应以“{parent}.”开头，否则树和编号对不上。请改编号。",
        "The code “{code}” lies below “{parent}” and must begin with “{parent}.”, or tree and"
        " codes disagree. Change the code.",
    ),
}
