export { t as Headers, n as HttpClient, r as HttpClientError, i as HttpClientResponse, a as HttpCodes, o as MediaTypes, s as getProxyUrl, c as isHttps } from "./lib2.js";
