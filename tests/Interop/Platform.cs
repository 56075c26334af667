// File modes are asserted, which Windows does not have.
[assembly: System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
