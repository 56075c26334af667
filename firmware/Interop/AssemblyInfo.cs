using System.Reflection;

// Equals the version in native/nanoclr/IotAttest_Interop.cpp. To be raised whenever a native signature changes.
[assembly: AssemblyNativeVersion("1.0.0.0")]
