"""The rule that makes the start-up image."""

visibility("//testing/...")

def _startup_image_impl(ctx):
    image = ctx.actions.declare_file(ctx.label.name + ".bin")
    ctx.actions.run(
        executable = ctx.executable._writer,
        arguments = [image.path],
        outputs = [image],
        # The order in a set of strings is not to differ from one run to the next.
        env = {"PYTHONHASHSEED": "0"},
        mnemonic = "PytestStartupImage",
        progress_message = "Writing the start-up image of %{label}",
    )
    return [DefaultInfo(files = depset([image]))]

startup_image = rule(
    implementation = _startup_image_impl,
    doc = "Writes the code of the modules that a run of pytest imports into one file.",
    attrs = {
        "_writer": attr.label(
            default = "//testing:write_startup_image",
            cfg = "exec",
            executable = True,
        ),
    },
)
